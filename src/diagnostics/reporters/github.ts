import type { Diagnostic, Severity } from '../diagnostic.ts';
import type { Reporter } from '../reporter.ts';
import { placeAt } from '../source.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/** Workflow commands of GitHub Actions: each finding becomes a note at its line of a pull request. */
export const github: Reporter = (diagnostics) => diagnostics.map((diagnostic) => `${command(diagnostic)}\n`).join('');

function command({ code, severity, message, source, range, hint }: Diagnostic): string {
  const start = placeAt(source, range.start);
  const end = placeAt(source, range.end);
  const properties = {
    file: source.path,
    line: start.line,
    endLine: end.line,
    // Columns are only understood within one line.
    ...(start.line === end.line && { col: start.column, endColumn: end.column }),
    title: code,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${COMMANDS[severity]} ${written.join(',')}::${text(hint ? `${message}\n${hint}` : message)}`;
}

const text = (value: string) => value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (value: string) => text(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
