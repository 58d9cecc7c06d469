import type { Diagnostic, Severity } from './diagnostic.ts';

/** `files` is how many files were looked at, with and without findings. */
export interface ReportOptions {
  readonly colour: boolean;
  readonly files: number;
  /** Asked for by formats that carry the manual with them. */
  readonly manual?: () => Manual;
}

/** Who made the report, and what the codes in it mean. */
export interface Manual {
  readonly version: string;
  readonly rules: readonly { readonly code: string; readonly severity: Severity; readonly about: string }[];
}

/**
 * One format of a report: all findings as text, ready to be written out, ending with a line end unless it is empty.
 * The findings come sorted and stay in that order. Each is a file in `reporters/` and a line in its index.
 */
export type Reporter = (diagnostics: readonly Diagnostic[], options: ReportOptions) => string;
