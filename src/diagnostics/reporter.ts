import type { Diagnostic } from './diagnostic.ts';

/** `files` is how many files were looked at, with and without findings. */
export interface ReportOptions {
  readonly colour: boolean;
  readonly files: number;
}

/**
 * One format of a report: all findings as text, ready to be written out, ending with a line end unless it is empty.
 * The findings come sorted and stay in that order. Each is a file in `reporters/` and a line in its index.
 */
export type Reporter = (diagnostics: readonly Diagnostic[], options: ReportOptions) => string;
