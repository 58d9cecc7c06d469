import type { Diagnostic } from '../diagnostic.ts';
import type { Reporter } from '../reporter.ts';
import { placeAt, type Range, type Source } from '../source.ts';

/**
 * An array for programs: lines and columns 1-based, the end exclusive, `hint` null when there is none; `related` places and
 * the `fix`, what to put instead of its place, where there are some.
 */
export const json: Reporter = (diagnostics) => `${JSON.stringify(diagnostics.map(record), null, 2)}\n`;

function record({ code, severity, message, source, range, hint, related, fix }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    ...placeOf(source, range),
    hint: hint || null,
    ...(related?.length && {
      related: related.map((one) => ({ message: one.message, ...placeOf(one.source, one.range) })),
    }),
    ...(fix && { fix: { ...placeOf(source, fix.range), text: fix.text } }),
  };
}

function placeOf(source: Source, range: Range): object {
  const start = placeAt(source, range.start);
  const end = placeAt(source, range.end);
  return { path: source.path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
