import type { Diagnostic, Severity } from './diagnostic.ts';
import type { Paint } from './paint.ts';
import { placeAt, type Range, type Source } from './source.ts';
import { visible } from './visible.ts';

const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Record<Severity, string>;

/** `path:line:column: severity: message [code]`, on one line whatever the author wrote. */
export function headline(diagnostic: Diagnostic, paint: Paint): string {
  const { source, range, severity, message, code } = diagnostic;
  const place = paint('bold', `${address(source, range)}:`);
  const weight = paint(colours[severity], `${severity}:`);
  return `${place} ${weight} ${visible(message)} ${paint('dim', `[${code}]`)}`;
}

/** `path:line:column` of the start of a range. */
export function address(source: Source, range: Range): string {
  const { line, column } = placeAt(source, range.start);
  return `${visible(source.path)}:${line}:${column}`;
}
