import { headline } from '../headline.ts';
import { plain } from '../paint.ts';
import type { Reporter } from '../reporter.ts';

/** One line per finding, for editors and `grep`: `path:line:column: severity: message [code]`. Never coloured. */
export const line: Reporter = (diagnostics) =>
  diagnostics.map((diagnostic) => `${headline(diagnostic, plain)}\n`).join('');
