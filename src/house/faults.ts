import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest, suggest } from '../diagnostics/suggest.ts';
import type { JsonDocument } from '../json.ts';
import { quoted } from '../xml/problem.ts';
import { houseSchema } from './schema.ts';

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const ruleParts = Object.keys(houseSchema.properties.rules.items.properties);

/** What the schema says against a file of rules, as findings at their places; one for each slip. */
export function faultsOf(errors: readonly SchemaError[], json: JsonDocument): Finding[] {
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  const isMeant = ({ instancePath, params }: SchemaError) =>
    unknown.some(
      (other) =>
        other.instancePath === instancePath &&
        nearest(String(other.params.additionalProperty), [String(params.missingProperty)]) !== undefined,
    );
  return errors
    .filter((error) => error.keyword !== 'required' || !isMeant(error))
    .map((error) => ({ source: json.source, ...faultOf(error, json) }));
}

function faultOf({ keyword, instancePath, params }: SchemaError, json: JsonDocument): Omit<Finding, 'source'> {
  const whole = json.place(instancePath);
  const part = instancePath.split('/').at(-1) ?? '';
  const { text } = json.source;
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const range = json.nameOf(`${instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      const known = instancePath === '' ? Object.keys(houseSchema.properties) : ruleParts;
      return { message: `${quoted(name)} is no part of it`, range, hint: suggest(name, known) };
    }
    case 'required': {
      const what = instancePath === '' ? 'The file' : 'The rule';
      const range = { start: whole.start, end: Math.min(whole.end, whole.start + 1) };
      return { message: `${what} lacks "${String(params.missingProperty)}"`, range };
    }
    case 'enum': {
      const given = text.slice(whole.start, whole.end).replace(/^"|"$/g, '');
      const known = (params.allowedValues as readonly string[]) ?? [];
      return { message: `${quoted(given)} is not a value of "${part}"`, range: whole, hint: suggest(given, known) };
    }
    case 'pattern':
      return {
        message: `${quoted(text.slice(whole.start + 1, whole.end - 1))} is not a name of a rule`,
        range: whole,
        hint: 'Write it in small letters, digits and "-", beginning with a letter.',
      };
    case 'type':
      return { message: `${wordFor(part)} is not ${KINDS[String(params.type)] ?? String(params.type)}`, range: whole };
    case 'minLength':
      return { message: `"${part}" is empty`, range: whole };
    default:
      return { message: `"${part}" is longer than ${String(params.limit)}`, range: whole };
  }
}

const wordFor = (part: string) => (part === '' ? 'The file' : /^\d+$/.test(part) ? 'The rule' : `"${part}"`);
const KINDS: Readonly<Record<string, string>> = { string: 'a text', array: 'a list', object: 'an object' };
