/** What each code means, with an example that is wrong and one that is right: the fixtures of the rules, which their tests run. */
import { type ContentFile, readFolder } from '../content.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';
import * as rules from '../rules/index.ts';

export interface RuleManual {
  readonly code: string;
  readonly severity: Severity;
  readonly about: string;
  readonly bad: RuleExample | undefined;
  readonly good: RuleExample | undefined;
}

/** Files of a content folder, and what `lintel check` prints about them. */
export interface RuleExample {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly output: string;
}

/** The manual of every rule, by code; `folder` is the package, with its tests. */
export function ruleExamples(folder: string): readonly RuleManual[] {
  const files = readFolder(folder, 'test/rules');
  return Object.values(rules)
    .map(({ code, severity, about }) => {
      const examples = examplesOf(code, files);
      return { code, severity, about, bad: wrongOne(code, examples), good: examples.get('clean') };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The fixtures of a code by name: `NAME.xml`, or the files in `NAME/`, each with its `NAME.out`. */
function examplesOf(code: string, files: readonly ContentFile[]): ReadonlyMap<string, RuleExample> {
  const own = new Map(
    files.flatMap(({ path, bytes }) => {
      const [, inside] = path.split(`test/rules/${code}/`);
      return inside === undefined ? [] : [[inside, Buffer.from(bytes).toString()] as const];
    }),
  );
  const names = [...own.keys()].filter((path) => path.endsWith('.out')).map((path) => path.slice(0, -'.out'.length));
  return new Map(
    names.map((name) => {
      const output = own.get(`${name}.out`) ?? '';
      const alone = own.get(`${name}.xml`);
      const inFolder = [...own].filter(([path]) => path.startsWith(`${name}/`));
      return [
        name,
        {
          files:
            alone === undefined
              ? inFolder.map(([path, text]) => ({ path: path.slice(name.length + 1), text }))
              : [{ path: pathOf(alone, output), text: alone }],
          output,
        },
      ];
    }),
  );
}

/** Where a fixture of one file stands: as its report says, or as its root element asks for. */
function pathOf(text: string, output: string): string {
  const [, reported] = /^(\S+):\d+:\d+: /m.exec(output) ?? [];
  return reported ?? (text.includes('<mgrdata') ? 'data/definition.xml' : 'layouts/billmgr_dashboard_5.xml');
}

const isPlain = (text: string) => /^[\x20-\x7e\n]*$/.test(text);

/** The fixture `example`, or the shortest that shows one slip, in letters that everybody reads. */
function wrongOne(code: string, examples: ReadonlyMap<string, RuleExample>): RuleExample | undefined {
  const cost = ({ files, output }: RuleExample) => {
    const text = files.map((file) => file.text).join('');
    const slips = output.split(`[${code}]`).length - 1;
    return text.length + (slips - 1) * 500 + (isPlain(text) ? 0 : 10_000);
  };
  const wrong = [...examples.values()].filter(({ output }) => output.includes(`[${code}]`));
  return examples.get('example') ?? wrong.sort((a, b) => cost(a) - cost(b))[0];
}
