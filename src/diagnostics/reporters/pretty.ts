import type { Diagnostic } from '../diagnostic.ts';
import { frame } from '../frame.ts';
import { address, headline } from '../headline.ts';
import { type Paint, painter } from '../paint.ts';
import type { Reporter } from '../reporter.ts';
import { visible } from '../visible.ts';

/** For people: each finding with its lines, related places and hint, and the sum at the end. */
export const pretty: Reporter = (diagnostics, options) => {
  const paint = painter(options.colour);
  const findings = diagnostics.map((diagnostic) => finding(diagnostic, paint));
  return `${[...findings, sum(diagnostics, options.files)].join('\n')}\n`;
};

function finding(diagnostic: Diagnostic, paint: Paint): string {
  const { source, range, related = [], hint } = diagnostic;
  const lines = [headline(diagnostic, paint), frame(source, range, paint)];
  for (const other of related) lines.push(`   see ${address(other.source, other.range)}: ${visible(other.message)}`);
  if (hint) lines.push(`   ${paint('cyan', 'hint:')} ${visible(hint)}`);
  return lines.filter((text) => text !== '').join('\n');
}

// With findings the files that have some are counted; a clean run says how many were looked at.
function sum(diagnostics: readonly Diagnostic[], checked: number): string {
  const notes = diagnostics.filter((diagnostic) => diagnostic.severity === 'info').length;
  const problems = diagnostics.length - notes;
  const files = diagnostics.length === 0 ? checked : new Set(diagnostics.map(({ source }) => source.path)).size;
  const first = problems === 0 ? 'No problems' : count(problems, 'problem');
  const second = notes === 0 ? '' : `, ${count(notes, 'note')}`;
  return `${first}${second} in ${count(files, 'file')}.`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
