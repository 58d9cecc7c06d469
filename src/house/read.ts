/** The rules of the house: files of `layouts/rules/`, read, and made to rules like Lintel's own. */
import { validators } from '#validators';
import type { Finding, Related } from '../diagnostics/diagnostic.ts';
import type { Range, Source } from '../diagnostics/source.ts';
import { nearest } from '../diagnostics/suggest.ts';
import { type JsonDocument, readJson } from '../json.ts';
import { readLevel } from '../level.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../xml/problem.ts';
import { compileRule } from './compile.ts';
import type { HouseFindings, NamedInRule } from './document.ts';
import { faultsOf } from './faults.ts';
import { Slip } from './scanner.ts';
import type { HouseFile, HouseRule } from './schema.ts';

/** A file of rules as read: those that can be used, and what is wrong with the others. */
export interface HouseDocument extends HouseFindings {
  readonly path: string;
  readonly rules: readonly Rule[];
}

/** Reads files of rules; of several rules with one name the first stays. They hold for what stands in the house's own files. */
export function readHouse(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  isOwn: (source: Source) => boolean = () => true,
): readonly HouseDocument[] {
  const first = new Map<string, Related>();
  return files.map(({ path, bytes }) => readFile(readJson(path, bytes), { first, isOwn }));
}

function readFile(json: JsonDocument, shared: Omit<Around, 'json'>): HouseDocument {
  const { source, problem, value } = json;
  const path = source.path;
  if (problem) return { path, rules: [], named: [], problems: [{ ...problem, source, hint: 'Write it as JSON.' }] };
  const problems: Finding[] = faultsOf(validators['#house']?.(value) ?? [], json);
  if (problems.length > 0) return { path, rules: [], named: [], problems };
  const rules: Rule[] = [];
  const named: (Finding & NamedInRule)[] = [];
  (value as HouseFile).rules.forEach((rule, index) => {
    const slips = slipsIn(rule, `/rules/${index}`, { json, ...shared });
    problems.push(...slips.problems);
    named.push(...slips.named);
    if (slips.rule) rules.push(slips.rule);
  });
  return { path, rules, problems, named };
}

interface Around {
  readonly json: JsonDocument;
  readonly first: Map<string, Related>;
  readonly isOwn: (source: Source) => boolean;
}

/** A rule, compiled part by part: each slip of a part is one problem. */
function slipsIn(rule: HouseRule, pointer: string, { json, first, isOwn }: Around) {
  const { source } = json;
  const problems: Finding[] = [];
  const named: (Finding & NamedInRule)[] = [];
  const at = (part: string): Range => json.place(`${pointer}/${part}`);
  const known = first.get(rule.name);
  if (known) {
    const message = `Another rule is already named ${quoted(rule.name)}`;
    problems.push({ message, source, range: at('name'), hint: 'Rename one of them.', related: [known] });
  } else first.set(rule.name, { message: 'the first rule of that name', source, range: at('name') });
  if (rule.level !== undefined && !readLevel(rule.level))
    problems.push({
      message: `${quoted(rule.level)} is no access level`,
      source,
      range: at('level'),
      hint: 'Write it as 5, 5 7, user+ or all.',
    });
  const compiled = compileRule(rule, isOwn, (part, work) => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Slip)) throw error;
      const range = within(json, at(part), error);
      problems.push({ message: error.message, source, range, ...(error.hint && { hint: error.hint }) });
      return undefined;
    }
  });
  for (const one of compiled.named) {
    const what = one.kind === 'element' ? 'element' : 'attribute';
    const range = within(json, at(one.part), one);
    named.push({ ...one, message: `No ${what} is named ${quoted(one.name)}`, source, range });
  }
  return { problems, named, rule: problems.length === 0 ? compiled.rule : undefined };
}

/** A stretch of the text that a JSON string holds; all of the string where it is written with escapes. */
function within({ source }: JsonDocument, range: Range, { start, end }: Range): Range {
  const raw = source.text.slice(range.start + 1, range.end - 1);
  if (raw.includes('\\')) return range;
  return { start: range.start + 1 + start, end: range.start + 1 + Math.max(end, start) };
}

/** What is wrong with a file of rules, given the names that elements and attributes may have. */
export function* problemsOf(
  { problems, named }: HouseFindings,
  known: { readonly elements: ReadonlySet<string>; readonly attributes: ReadonlySet<string> },
): Generator<Finding> {
  yield* problems;
  for (const { kind, name, message, source, range } of named) {
    const names = kind === 'element' ? known.elements : known.attributes;
    if (names.has(name)) continue;
    const near = nearest(name, names);
    yield { message, source, range, hint: near ? `Did you mean "${near}"?` : 'layouts/README.md lists them.' };
  }
}
