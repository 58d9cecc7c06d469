/**
 * The contract of an XML element. What it says once is checked (ajv, compiled from it when Lintel is built), typed
 * (`Static`) and read (by the JSON type of each attribute's schema): an integer from digits, a boolean from yes/no or
 * on/off, anything else as text.
 */
import {
  Enum,
  Boolean as FlagSchema,
  Integer,
  Object as ObjectSchema,
  Optional,
  type Static,
  String as StringSchema,
  type TProperties,
  type TSchema,
} from 'typebox';
import type { XmlElement } from './xml/node.ts';

/** What an attribute may name: a rule looks the name up, an editor completes it. */
export type Refers = 'function' | 'icon' | 'column' | 'field' | 'level' | 'feature' | 'link' | 'button';

export interface ElementContract<P extends TProperties = TProperties> {
  readonly name: string;
  /** One sentence for the reference page and the editor. */
  readonly about: string;
  /** Names of the elements it may stand in; `ROOT` for a document's own element. */
  readonly parents: readonly string[];
  /** Whether it holds text. */
  readonly text: boolean;
  /** The attributes that identify it among its siblings when an overlay is merged; none: there is one at its place. Source: format.md, 11.2. */
  readonly key: readonly string[];
  /** What an overlay's element of the same key does: add to it (`xml`), stand for it (`replace`), or stand beside it (`no`). */
  readonly merge: 'xml' | 'replace' | 'no';
  readonly attributes: ReturnType<typeof ObjectSchema<P>>;
}

export const ROOT = '#document';

export function defineElement<P extends TProperties>(contract: {
  name: string;
  about: string;
  parents: readonly string[];
  text?: boolean;
  key?: readonly string[];
  merge?: ElementContract['merge'];
  attributes: P;
}): ElementContract<P> {
  const attributes = ObjectSchema(contract.attributes, { additionalProperties: false });
  const { text = false, key = 'name' in contract.attributes ? ['name'] : [], merge = 'xml' } = contract;
  return { ...contract, text, key, merge, attributes };
}

/** The typed attributes of an element whose contract is `C`. */
export type AttributesOf<C extends ElementContract> = Static<C['attributes']>;

/** Reads the attributes of `element` as its contract types them; text that does not read stays text, for the check to report. */
export function readAttributes<C extends ElementContract>(contract: C, element: XmlElement): AttributesOf<C> {
  const schemas = contract.attributes.properties as Record<string, TSchema>;
  const values: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) values[name] = readText(schemas[name], value);
  return values as AttributesOf<C>;
}

const FLAGS: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

function readText(schema: TSchema | undefined, text: string): unknown {
  const type = schema && 'type' in schema ? schema.type : undefined;
  if (type === 'integer') return /^[ \t\r\n]*[+-]?\d{1,15}[ \t\r\n]*$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return FLAGS[text] ?? text;
  return text;
}

const NAME = '^[A-Za-z_][A-Za-z0-9_.-]*$';

const CONDITION = '[A-Za-z_][A-Za-z0-9_.-]*(=[^ =:+]+|:[0-9]{1,3})?';
const CONDITIONS = `${CONDITION}([+]${CONDITION})*`;

/** A name: letters, digits, `_`, `.` and `-`, beginning with a letter or `_`. */
export const name = (about?: string, refers?: Refers) => StringSchema({ pattern: NAME, about, refers });
export const text = (about?: string) => StringSchema({ about });
export const flag = (about?: string) => FlagSchema({ about });
export const choice = <V extends string[]>(values: readonly [...V], about?: string) => Enum<V>(values, { about });
export const integer = (minimum: number, maximum: number, about?: string) => Integer({ minimum, maximum, about });
export const level = () => StringSchema({ refers: 'level', about: 'Who gets it: `5`, `5 7`, `user+`, `all`.' });
export const link = (about?: string) => StringSchema({ refers: 'link', about });
export const sorted = () =>
  StringSchema({
    pattern: '^(yes|no|asc|desc|[+-]?[1-9][0-9]?)$',
    examples: ['yes', 'asc', 'desc'],
    about: 'First sort: yes, asc, desc, or rank with sign.',
  });
export const moment = (about?: string) =>
  StringSchema({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2}))?$',
    about,
  });
/** A function, or the JavaScript that a button of the family calls. */
export const call = (about?: string) =>
  StringSchema({ pattern: `${NAME.slice(0, -1)}$|^[^()]*\\([\\s\\S]*$`, about, refers: 'function' });
/** What a total is made by, or the text of it that a running panel has written. */
export const total = (about?: string) =>
  StringSchema({ pattern: '^(count|sum|.*[0-9].*)$', about, examples: ['count', 'sum'] });
/** A length on the page: pixels, or a share of the width. */
export const length = (about?: string) => StringSchema({ pattern: '^[1-9][0-9]{0,3}(px|%)?$', about });
/** The height of a frame: a word, or pixels as the family writes them. */
export const height = (about?: string) =>
  StringSchema({
    pattern: '^(small|medium|large|[1-9][0-9]{0,3}(px)?)$',
    about,
    examples: ['small', 'medium', 'large'],
  });
/** Some of several words, divided by spaces. */
export const words = (known: readonly string[], about?: string) =>
  StringSchema({ pattern: `^(${known.join('|')})( (${known.join('|')}))*$`, about, examples: [...known] });
/** Conditions on the fields of a row, divided by spaces: a flag that is on, a value, or a date within so many days; `+` joins those that must all hold. */
export const conditions = (about?: string) =>
  StringSchema({
    pattern: `^${CONDITIONS}( ${CONDITIONS})*$`,
    about,
    examples: ['waiting', 'status=unpaid', 'expires:7'],
  });
export const icon = (about?: string) => name(about, 'icon');
/** The name of an environment variable that holds a secret; no other variable can be named. */
export const secret = (about?: string) => StringSchema({ pattern: '^LINTEL_SECRET_[A-Z0-9_]+$', about });
export const optional = <S extends TSchema>(schema: S) => Optional(schema);

/** The attribute that says on which feature an element depends. */
export const onFeature = {
  if: optional(
    StringSchema({
      pattern: '^[A-Za-z0-9_.-]+([ ,]+[A-Za-z0-9_.-]+)*$',
      refers: 'feature',
      about: 'Feature without which it is not there; any of several.',
    }),
  ),
};

/** Attributes that say whether an element is there at all. */
export const presence = { level: optional(level()), ...onFeature };

/** The attribute by which an overlay takes an element away. */
export const removal = {
  remove: optional(flag('Takes the element away; only in an overlay.')),
};

/** Attributes by which an overlay chooses a place among siblings of the same name, or takes an element away. */
export const placement = {
  ...removal,
  before: optional(name('Stands before the sibling of that name; only in an overlay.')),
  after: optional(name('Stands after the sibling of that name; only in an overlay.')),
  first: optional(flag('Stands first among its kind; only in an overlay.')),
  last: optional(flag('Stands last among its kind; only in an overlay.')),
};
