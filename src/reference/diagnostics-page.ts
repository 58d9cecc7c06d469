import type { RuleExample, RuleManual } from './examples.ts';

/** Every code of the check, with a file that has it, what is printed about it, and a file that is right, as Markdown. */
export function diagnosticsPage(manuals: readonly RuleManual[]): string {
  const list = manuals.map(
    ({ code, severity, about }) => `| [\`${code}\`](#${code}) | ${severity} | ${inCell(about)} |`,
  );
  const head = [
    '# What the check finds',
    INTRODUCTION,
    ['| code | severity | what is wrong |', '|---|---|---|', ...list].join('\n'),
  ];
  return `${[...head, ...manuals.map(section)].join('\n\n')}\n`;
}

const INTRODUCTION = [
  'Each finding of `lintel check` has a code, and `lintel explain CODE` prints what stands here. An error keeps a layout from being used, a',
  'warning is to be looked at, an info only says what has no effect. The examples are the ones that the tests run; this page is made from them by',
  '`npm run reference`.',
].join('\n');

function section({ code, severity, about, bad, good }: RuleManual): string {
  const parts = [`## ${code}`, `${capital(severity)}. ${outsideOfCode(about)}`];
  if (bad) parts.push('Wrong:', ...filesOf(bad), 'What the check says:', fenced('', bad.output));
  if (good) parts.push('Right:', ...filesOf(good));
  return parts.join('\n\n');
}

function filesOf({ files }: RuleExample): string[] {
  const isAlone = files.length === 1;
  return files.flatMap(({ path, text }) => [...(isAlone ? [] : [`\`${path}\``]), fenced(languageOf(path), text)]);
}

const languageOf = (path: string) => /\.(xml|json)$/.exec(path)?.[1] ?? '';

/** Long enough that nothing in the text ends it. */
function fenced(language: string, text: string): string {
  const lines = text.trimEnd().split('\n').map(shortened);
  const fence = text.includes('```') ? '````' : '```';
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/** What is too large is shown by its beginning. */
function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

const LONGEST = 160;

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const outsideOfCode = (text: string) => text.replace(/(?<!`)<[/\w]+>(?!`)/g, '`$&`');
const inCell = (text: string) => outsideOfCode(text).replaceAll('|', '\\|');
