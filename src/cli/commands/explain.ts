import type { Command } from 'commander';
import { createCatalogue } from '../../catalogue.ts';
import { type Paint, painter } from '../../diagnostics/paint.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import { importCodes } from '../../import/codes.ts';
import type { RuleExample, RuleManual } from '../../reference/examples.ts';
import { ownAdditions } from '../own-additions.ts';
import { ruleManuals } from '../rule-manuals.ts';
import { addSettings, settingsOf } from '../settings.ts';
import { print, wantsColour } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** `lintel explain [CODE…]`: what codes of the check, and of an import, mean, with an example; without any, the list of them. */
export function explain(program: Command): void {
  const command = program
    .command('explain')
    .description('say what a code of a check or an import means, with an example')
    .argument('[codes...]', 'codes as they are printed; the list of all without any');
  addSettings(command, ['LINTEL_CONFIG']);
  command.action(async (codes: readonly string[], options: Record<string, unknown>) => {
    const { rules } = createCatalogue(await ownAdditions(settingsOf(options).LINTEL_CONFIG));
    const manuals = ruleManuals([...rules, ...importCodes]);
    const paint = painter(wantsColour());
    print(
      codes.length === 0 ? list(manuals, paint) : codes.map((code) => page(find(code, manuals), paint)).join('\n\n'),
    );
  });
}

function find(word: string, manuals: readonly RuleManual[]): RuleManual {
  const code = word.replace(/^\[|\]$/g, '');
  const found = manuals.find((manual) => manual.code === code);
  if (found) return found;
  const known = manuals.map((manual) => manual.code);
  throw new UsageError(`No code is named "${word}". ${suggest(code, known)}`);
}

function list(manuals: readonly RuleManual[], paint: Paint): string {
  const width = Math.max(...manuals.map(({ code }) => code.length)) + 2;
  const lines = manuals.map(
    ({ code, severity, about }) => `${paint('bold', code.padEnd(width))}${severity.padEnd(9)}${firstSentence(about)}\n`,
  );
  return `${lines.join('')}${manuals.length} codes; "lintel explain CODE" shows an example.\n`;
}

const firstSentence = (about: string) => /^.*?\.(?= [A-Z]|$)/.exec(about)?.[0] ?? about;

function page({ code, severity, about, bad, good }: RuleManual, paint: Paint): string {
  const parts = [`${paint('bold', code)} (${severity})`, about];
  if (bad) parts.push(paint('red', 'Wrong:'), files(bad), 'What the check says:', indent(bad.output));
  if (good) parts.push(paint('green', 'Right:'), files(good));
  return `${parts.join('\n\n')}\n`;
}

const files = ({ files }: RuleExample) =>
  files.map(({ path, text }) => `  ${path}\n\n${indent(text, '    ')}`).join('\n\n');

const indent = (text: string, by = '  ') => text.trimEnd().replace(/^(?=.)/gm, by);
