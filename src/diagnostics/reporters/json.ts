import type { Diagnostic } from '../diagnostic.ts';
import type { Reporter } from '../reporter.ts';
import { placeAt } from '../source.ts';

/** An array for programs: lines and columns 1-based, the end exclusive, `hint` null when there is none. */
export const json: Reporter = (diagnostics) => `${JSON.stringify(diagnostics.map(record), null, 2)}\n`;

function record(diagnostic: Diagnostic): object {
  const { code, severity, message, source, range, hint } = diagnostic;
  const start = placeAt(source, range.start);
  const end = placeAt(source, range.end);
  return {
    code,
    severity,
    message,
    path: source.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    hint: hint || null,
  };
}
