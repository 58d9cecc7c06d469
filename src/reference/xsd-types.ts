import { name as nameSchema, type Refers } from '../element.ts';
import { levelNames } from '../level.ts';
import type { AttributeSchema } from '../rule.ts';

/** A part of a schema as xmlbuilder2 takes it: attributes begin with `@`. */
export interface Node {
  readonly [name: string]: string | Node | readonly Node[];
}

/** What attributes may name, as it is registered: kind → name → what it is called, empty when nothing says it. */
export type NamesByKind = Readonly<Partial<Record<Refers, ReadonlyMap<string, string>>>>;

/** Kinds of which every name is known, so that any other is an error; names of the others depend on what stands around. */
const CLOSED: readonly Refers[] = ['function', 'icon'];

const NAME = (nameSchema() as AttributeSchema).pattern;

/** The simple type of an attribute: the name of a shared one, or a type of its own. */
export function typeOf(schema: AttributeSchema, names: NamesByKind | undefined): { type?: string; node?: Node } {
  const { refers, pattern, type, minimum, maximum } = schema;
  if (schema.enum) return { node: { 'xs:restriction': restriction('xs:string', { enumeration: schema.enum }) } };
  if (type === 'boolean') return { type: 'value.flag' };
  if (type === 'integer') {
    const facets = { pattern: ['[+\\-]?[0-9]{1,15}'], minInclusive: [minimum], maxInclusive: [maximum] };
    return { node: { 'xs:restriction': restriction('xs:integer', facets) } };
  }
  if (refers === 'level') return { type: 'value.level' };
  const known = refers && names?.[refers]?.size ? `value.${refers}` : undefined;
  if (pattern === NAME) return { type: known ?? 'value.name' };
  const other = NAME && pattern?.startsWith(`${NAME}|`) ? pattern.slice(NAME.length + 1) : undefined;
  if (known && other) return { node: { 'xs:union': { '@memberTypes': known, 'xs:simpleType': matching(other) } } };
  if (pattern === undefined) return { type: 'xs:string' };
  return { node: matching(pattern) };
}

function matching(pattern: string): Node {
  return { 'xs:restriction': restriction('xs:string', { pattern: [patternOf(pattern)] }) };
}

/** The types that several attributes have. */
export function sharedTypes(names: NamesByKind = {}): Node[] {
  return [
    simpleType('value.name', { pattern: [patternOf(NAME ?? '')] }),
    simpleType('value.flag', { enumeration: ['yes', 'no', 'on', 'off'] }),
    simpleType('value.level', { pattern: [LEVELS] }),
    ...Object.entries(names).flatMap(([kind, known]) => (known.size > 0 ? namedType(kind as Refers, known) : [])),
  ];
}

function namedType(kind: Refers, known: ReadonlyMap<string, string>): Node[] {
  const values = [...known].map(([name, text]) => ({
    '@value': name,
    ...(text !== '' && { 'xs:annotation': { 'xs:documentation': text } }),
  }));
  const listed = { 'xs:restriction': { '@base': 'xs:string', 'xs:enumeration': values } };
  const union = { 'xs:union': { '@memberTypes': `value.known-${kind} value.name` } };
  return CLOSED.includes(kind)
    ? [{ '@name': `value.${kind}`, ...listed }]
    : [
        { '@name': `value.known-${kind}`, ...listed },
        { '@name': `value.${kind}`, ...union },
      ];
}

type Facets = Readonly<Record<string, readonly (string | number | undefined)[]>>;

function simpleType(name: string, facets: Facets): Node {
  return { '@name': name, 'xs:restriction': restriction('xs:string', facets) };
}

function restriction(base: string, facets: Facets): Node {
  const given = Object.entries(facets).map(([facet, values]) => [
    `xs:${facet}`,
    values.filter((value) => value !== undefined).map((value) => ({ '@value': String(value) })),
  ]);
  return { '@base': base, ...Object.fromEntries(given) };
}

/** A regular expression of a contract as a schema writes it: always over the whole value. */
function patternOf(pattern: string): string {
  return pattern
    .replace(/^\^|\$$/g, '')
    .replaceAll('$|^', '|')
    .replaceAll('(?:', '(')
    .replaceAll('[\\s\\S]', '(.|\\s)')
    .replaceAll('-]', '\\-]');
}

const NUMBER = '[0-2]?[0-9]|3[01]';
const LEVEL = `((${[NUMBER, ...Object.keys(levelNames)].join('|')})\\+?|all|registered)`;
const LEVELS = `\\s*${LEVEL}(\\s+${LEVEL})*\\s*`;
