import type { Range, Source } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Another place that explains a finding. */
export interface Related {
  readonly message: string;
  readonly source: Source;
  readonly range: Range;
}

/**
 * What is wrong, and where. The message is one sentence that quotes the author's text, in the present tense, without a
 * full stop; the hint says what to do.
 */
export interface Finding {
  readonly message: string;
  readonly source: Source;
  readonly range: Range;
  readonly hint?: string;
  readonly related?: readonly Related[];
  /** The one change of its source that is safe to make without asking. */
  readonly fix?: Fix;
}

/** Puts `text` in place of a range of the finding's source. */
export interface Fix {
  readonly range: Range;
  readonly text: string;
}

/** A finding with the code and severity of the rule that made it. */
export interface Diagnostic extends Finding {
  readonly code: string;
  readonly severity: Severity;
}

/** Sorted by path, place and code; of several that say the same about the same place, one is kept. */
export function sortDiagnostics(list: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...list].sort(compare);
  return sorted.filter((diagnostic, index) => {
    const before = sorted[index - 1];
    return before === undefined || compare(before, diagnostic) !== 0;
  });
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.source.path, b.source.path) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

// Not localeCompare: the order of a report must not depend on the machine's language.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
