/** Reads templates for the check: each into its parts and tree, and what it is given by whoever uses it. Loaded only where templates are checked. */
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import {
  type CheckedTemplate,
  type Members,
  offsetOf,
  type Segment,
  segmentsOf,
  type TemplateContext,
  type TemplateNode,
  type TemplateReading,
} from '../template.ts';
import { slipInNesting } from '../template-nesting.ts';
import { joined, readTemplate } from '../template-scope.ts';
import { tags } from './tags.ts';
import { builtIn, parseTemplate } from './template-tree.ts';
import { vocabularyOf } from './template-vocabulary.ts';

const ours = new Map(Object.entries(tags).map(([name, { encloses }]) => [name, encloses]));

/** `templates`: name → source; `asked` are those that Lintel brings along or asks for. */
export function readTemplates(templates: ReadonlyMap<string, string>, asked: ReadonlySet<string>): TemplateContext {
  const checked = new Map([...templates].map(([name, text]) => [name, read(name, text)]));
  let readings: ReadonlyMap<string, TemplateReading> | undefined;
  return {
    templates: checked,
    asked,
    ...builtIn,
    reading: (name) => (readings ??= readAll(checked)).get(name),
  };
}

function read(name: string, text: string): CheckedTemplate {
  const source = { path: `templates/${name}`, text };
  const segments = segmentsOf(text);
  const problem = slipInNesting(source, segments, ours);
  if (problem) return { name, source, segments, tree: undefined, problem };
  try {
    return { name, source, segments, tree: parseTemplate(text) };
  } catch (error) {
    return { name, source, segments, tree: undefined, problem: slipOf(error as Error, source, segments) };
  }
}

/** What the parser says, and how we say it. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/^unexpected token: (.*)$/, 'A value is missing before "$1"'],
  [/^expected variable end$/, 'What stands in {{ }} does not end here'],
  [/^expected block end in (\w+) statement$/, 'The tag {% $1 %} does not end here'],
  [/^parse\w+: expected "in" keyword for loop$/, '"in" is missing in {% for %}'],
];

/** What the parser says, at the word it stumbled over; it counts from 1, or gives no place at all. */
function slipOf(
  error: Error & { lineno?: number; colno?: number },
  source: Source,
  segments: readonly Segment[],
): Finding {
  const at = error.lineno === undefined ? 0 : offsetOf(source, error.lineno - 1, (error.colno ?? 1) - 1);
  const around = segments.find(({ kind, start, end }) => kind !== 'text' && start <= at && at < end);
  const word = /^(?:\w+|%\}|\}\}|.)/.exec(source.text.slice(at))?.[0] ?? '';
  const range = error.lineno === undefined && around ? around : { start: at, end: at + word.length };
  const said = (error.message.split('\n').at(-1) ?? '').trim().replace(/^Error: /, '');
  const known = SAID.find(([pattern]) => pattern.test(said));
  const message = known ? said.replace(...known) : `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  return { message, source, range: { start: range.start, end: range.end } };
}

/**
 * Reads every template that is given something: by Lintel, or by one that includes, imports or extends it. What it is given
 * may grow with each reading of another one, so this goes on until nothing grows.
 */
function readAll(templates: ReadonlyMap<string, CheckedTemplate>): ReadonlyMap<string, TemplateReading> {
  const given = new Map<string, Members>();
  const readings = new Map<string, TemplateReading>();
  const extending = new Map<string, string>();
  const waiting: string[] = [];
  const give = (name: string, names: Members) => {
    const before = given.get(name);
    const now = before ? joined(before, names) : names;
    if (now === before) return;
    given.set(name, now);
    if (!waiting.includes(name)) waiting.push(name);
  };
  for (const name of templates.keys()) {
    const names = vocabularyOf(name);
    if (names) give(name, names);
  }
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const tree: TemplateNode | undefined = templates.get(name)?.tree;
    const source = templates.get(name)?.source;
    if (!tree || !source) continue;
    const reading = readTemplate(source, tree, given.get(name) ?? {});
    readings.set(name, reading);
    for (const { name: used, gives, isFrame } of reading.uses) {
      if (used === undefined || !templates.has(used)) continue;
      give(used, gives);
      if (isFrame) extending.set(name, used);
    }
    // A template sees the names of its frame.
    for (const [child, frame] of extending)
      if (child === name || frame === name) give(child, readings.get(frame)?.names ?? {});
  }
  return readings;
}
