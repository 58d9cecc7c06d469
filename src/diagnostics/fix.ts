import type { Diagnostic } from './diagnostic.ts';
import type { Source } from './source.ts';

/** A finding whose fix was made. */
export type Fixed = Diagnostic & { readonly fix: NonNullable<Diagnostic['fix']> };

export interface FixedText {
  readonly text: string;
  readonly made: readonly Fixed[];
}

/** The text of a source with the fixes of its findings made, the first of those that overlap; all else stays as it is. */
export function applyFixes(source: Source, diagnostics: readonly Diagnostic[]): FixedText {
  const wanted = diagnostics.filter((one): one is Fixed => one.fix !== undefined && one.source.path === source.path);
  const made: Fixed[] = [];
  let text = '';
  let at = 0;
  for (const diagnostic of wanted.sort((a, b) => a.fix.range.start - b.fix.range.start)) {
    const { range, text: better } = diagnostic.fix;
    const before = made.at(-1)?.fix.range;
    const isApart = before === undefined || range.start > before.start;
    if (range.start < at || !isApart || source.text.slice(range.start, range.end) === better) continue;
    text += source.text.slice(at, range.start) + better;
    at = range.end;
    made.push(diagnostic);
  }
  return { text: text + source.text.slice(at), made };
}
