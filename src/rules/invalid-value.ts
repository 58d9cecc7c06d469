import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest, question, suggest } from '../diagnostics/suggest.ts';
import { name as nameSchema } from '../element.ts';
import { levelNames, readLevel } from '../level.ts';
import { fixFor, wordIn } from '../near-name.ts';
import { type AttributeSchema, type CheckedElement, type Fault, type Rule, references, schemaOf } from '../rule.ts';
import { attributeOf, placeOfValue, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { ownText } from '../xml/own-text.ts';
import { quoted } from '../xml/problem.ts';

export const invalidValue: Rule = {
  code: 'invalid-value',
  severity: 'error',
  about: 'A value is not one that its attribute takes, or text stands where none is read.',
  anywhere: true,
  needs: ({ node, contract, faults }) =>
    faults.length > 0 || attributeOf(node, 'level') !== undefined || (contract?.text === false && hasText(node)),
  *element(element) {
    const { node, contract, faults } = element;
    for (const { kind, place, wanted } of faults) {
      if (kind !== 'invalid' || !place) continue;
      yield {
        ...describe(place, wanted, schemaOf(element, place.name)),
        ...placeOfValue(place),
        ...fixOf(place, wanted),
      };
    }
    yield* badLevels(element);
    if (!contract || contract.text || !hasText(node)) return;
    const { source } = node;
    const range = ownText(node).first;
    const message = `<${node.name}> takes no text, but has ${quoted(source.text.slice(range.start, range.end))}`;
    yield { message, source, range, hint: 'Remove it, or put it into a comment: <!-- … -->.' };
  },
};

/** A flag, or a word of several, of which one alone is meant. */
function fixOf(place: XmlAttribute, { type, values }: Fault['wanted']): Pick<Finding, 'fix'> {
  const flag = type === 'boolean' ? meantFlag(place.value) : undefined;
  if (flag !== undefined) return { fix: { range: place.valueRange, text: flag } };
  return fixFor(place, place.valueRange, { known: type === 'boolean' ? FLAGS : (values ?? []) });
}

function describe({ name, value }: XmlAttribute, wanted: Fault['wanted'], schema: AttributeSchema = {}) {
  const hint = howTo(name, value, wanted, schema);
  if (value === '') return { message: `"${name}" is empty`, hint };
  if (wanted.keyword === 'minimum') return { message: `${quoted(value)} is too small for "${name}"`, hint };
  if (wanted.keyword === 'maximum') return { message: `${quoted(value)} is too large for "${name}"`, hint };
  if (wanted.type === 'integer') return { message: `${quoted(value)} is not a whole number`, hint };
  if (wanted.type === 'boolean') return { message: `${quoted(value)} is neither yes nor no`, hint };
  if (isName(schema)) return { message: `${quoted(value)} is not a name`, hint };
  return { message: `${quoted(value)} is not a value of "${name}"`, hint };
}

function howTo(name: string, value: string, wanted: Fault['wanted'], schema: AttributeSchema): string {
  const { minimum, maximum, about = '' } = schema;
  if (schema.examples) return [...question(nearest(value, schema.examples)), about].join(' ');
  const known = wanted.values?.filter((choice) => choice !== '');
  if (known) return suggest(value, known);
  if (wanted.type === 'boolean')
    return [...question(meantFlag(value) ?? nearest(value, FLAGS)), 'Write "yes" or "no".'].join(' ');
  if (minimum !== undefined) return `"${name}" is a whole number from ${minimum} to ${maximum}.`;
  return isName(schema) ? 'A name begins with a letter or "_"; letters, digits, "_", "." and "-" follow.' : about;
}

const FLAGS = ['yes', 'no'];

/** The flag that other languages write otherwise. */
function meantFlag(value: string): string | undefined {
  const word = value.toLowerCase();
  if (/^(true|1|yes|on|y)$/.test(word)) return 'yes';
  return /^(false|0|no|off|n)$/.test(word) ? 'no' : undefined;
}

function isName({ pattern, refers }: AttributeSchema): boolean {
  return refers === 'function' || (pattern !== undefined && pattern === (nameSchema() as AttributeSchema).pattern);
}

function* badLevels(element: CheckedElement) {
  for (const level of references(element, 'level')) {
    const { value } = level;
    if (readLevel(value)) continue;
    const word = value.split(/\s+/).find((one) => one !== '' && !readLevel(one)) ?? '';
    const message = word === '' ? '"level" is empty' : `${quoted(word)} is not an access level`;
    const name = word.replace(/\+$/, '');
    const hint = `${suggest(name, LEVELS)} A number from 0 to 31 is a level too.`;
    const range = wordIn(word, level);
    const isPlain = range.end - range.start === word.length;
    const fix = isPlain ? fixFor({ value: name }, { ...range, end: range.start + name.length }, { known: LEVELS }) : {};
    yield { message, source: level.source, range, hint, ...fix };
  }
}

const LEVELS = [...Object.keys(levelNames), 'all', 'registered'];

function hasText({ children }: XmlElement): boolean {
  return children.some((child) => child.kind === 'text' && child.text.trim() !== '');
}
