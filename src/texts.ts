/** The texts as they are written: which of them elements ask for, and which are a slip of another one. */
import { nearest } from './diagnostics/suggest.ts';
import { isToolbarBlock } from './list-around.ts';
import { DASHBOARD, functionAround, neededText, type Text } from './needed-text.ts';
import type { CheckContext } from './rule.ts';
import { attributeOf, elementsOf, type XmlElement } from './xml/node.ts';

type Keys = ReadonlyMap<string, XmlElement>;

export interface Texts {
  /** Language → group → key → the first text of that name. */
  readonly written: ReadonlyMap<string, ReadonlyMap<string, Keys>>;
  /** The keys of a group that some element names. */
  asked(group: string): ReadonlySet<string>;
  /** Whether pages report that a text is missing when it is. */
  isNeeded(group: string, key: string): boolean;
  /** Whether a text is near to one that an element needs and no language has. */
  isNearNeeded(group: string, key: string): boolean;
  /** The name that a text was written for which is not taken, when it is near to one without a text. */
  leftover(text: Text, name: string, taken: readonly string[]): string | undefined;
  /** The function that texts were written for which nothing describes, when it is near to one without texts. */
  leftoverGroup(name: string): string | undefined;
  /** Keys of a group that only this language has, and the texts that only it lacks, which they were meant to be. */
  slips(language: string, group: string): ReadonlyMap<string, string>;
  /** Groups that only this language has, and those that were meant. */
  groupSlips(language: string): ReadonlyMap<string, string>;
}

/** The texts of all documents of a check; made once. */
export function textsOf(context: CheckContext): Texts {
  let texts = known.get(context.documents);
  if (texts === undefined) known.set(context.documents, (texts = readTexts(context)));
  return texts;
}

const known = new WeakMap<CheckContext['documents'], Texts>();

function readTexts(context: CheckContext): Texts {
  const { documents } = context;
  const written = writtenTexts(documents);
  const asked = once(() => askedTexts(documents));
  const needed = once(() => neededTexts(context));
  const others = (language: string) => [...written].filter(([one]) => one !== language).map(([, groups]) => groups);
  const askedIn = (group: string) => asked().get(group) ?? NOTHING;
  return {
    written,
    asked: askedIn,
    isNeeded: (group, key) => needed().has(textName([group, key])),
    isNearNeeded(group, key) {
      const isWritten = (one: string) => [...written.values()].some((groups) => groups.get(group)?.has(one));
      return (
        nearest(
          key,
          [...askedIn(group)].filter((one) => !isWritten(one)),
        ) !== undefined
      );
    },
    leftover([group, key], name, taken) {
      const before = key.slice(0, key.length - name.length);
      const keys = [...written.values()].flatMap((groups) => [...(groups.get(group)?.keys() ?? [])]);
      const free = keys.filter((one) => one.startsWith(before)).map((one) => one.slice(before.length));
      // The usual buttons of a form have texts of the pages.
      const usual = before === 'button_' ? ['ok', 'cancel'] : [];
      return nearest(
        name,
        [...usual, ...free].filter((one) => !taken.includes(one)),
      );
    },
    leftoverGroup: (name) =>
      nearest(name, context.names?.messages.groups.filter((group) => !context.names?.functions.has(group)) ?? []),
    slips: remembered((language, group) => {
      const foreign = others(language).map((groups) => groups.get(group));
      return slipsOf(written.get(language)?.get(group) ?? NONE, foreign, {
        isRight: (key) => isRelated(key, askedIn(group)),
        lacks: (key) => written.get(language)?.get(group)?.has(key) !== true,
        isDefault: language === context.names?.messages.languages[0],
      });
    }),
    groupSlips: remembered((language) => {
      const own = written.get(language) ?? new Map<string, Keys>();
      const lacks = (meant: string, slip: string) =>
        [...(own.get(slip)?.keys() ?? [])].some(
          (key) => !own.get(meant)?.has(key) && others(language).some((groups) => groups.get(meant)?.has(key)),
        );
      const isRight = (group: string) => OWN_GROUPS.has(group) || context.names?.functions.has(group) === true;
      return slipsOf(own, others(language), {
        isRight,
        lacks,
        isDefault: language === context.names?.messages.languages[0],
      });
    }),
  };
}

const NOTHING: ReadonlySet<string> = new Set();
const NONE: Keys = new Map();

/** Groups of texts that belong to no function. */
export const OWN_GROUPS: ReadonlySet<string> = new Set(['page', 'common', 'help', 'desktop', DASHBOARD]);

/** Names that one language alone has, and those that it alone lacks and that were meant. */
function slipsOf(
  own: ReadonlyMap<string, unknown>,
  foreign: readonly (ReadonlyMap<string, unknown> | undefined)[],
  { isRight, lacks, isDefault }: SlipTests,
): ReadonlyMap<string, string> {
  const spread = (name: string) => foreign.filter((names) => names?.has(name)).length;
  const lonely = [...own.keys()].filter((name) => spread(name) === 0 && !isRight(name));
  const slips = new Map<string, string>();
  if (lonely.length === 0) return slips;
  const theirs = new Set(foreign.flatMap((names) => [...(names?.keys() ?? [])]));
  for (const name of lonely) {
    const meant = nearest(
      name,
      [...theirs].filter((one) => lacks(one, name)),
    );
    // Where one word stands against another, that of the default language counts.
    if (meant !== undefined && (!isDefault || isRight(meant) || spread(meant) > 1)) slips.set(name, meant);
  }
  return slips;
}

interface SlipTests {
  /** Whether something is of that name. */
  readonly isRight: (name: string) => boolean;
  readonly lacks: (meant: string, slip: string) => boolean;
  readonly isDefault: boolean;
}

/** Whether elements ask for a text, or for that of which it is the hint. */
function isRelated(key: string, asked: ReadonlySet<string>): boolean {
  const of = key.replace(/^hint_/, '').replace(/_disabled$/, '');
  return asked.has(key) || (key !== of && (asked.has(of) || asked.has(`short_${of}`) || asked.has(`button_${of}`)));
}

const textName = ([group, key]: Text) => `${group} ${key}`;

/** What pages ask for beside the names of elements. */
const USUAL = new Set(['title', 'title_new', 'menu', 'about', 'empty', 'actioncolumn', 'report_info']);

/** Whether some page may ask for a text of a list, or of the home page. */
export function isAskable(group: string, key: string, context: CheckContext): boolean {
  const asked = textsOf(context).asked(group);
  if (asked.has(key) || USUAL.has(key) || /^(msg|alert|csv)_/.test(key)) return true;
  // Why a visitor may not change a block.
  if (group === DASHBOARD && key.endsWith('_lock') && asked.has(key.slice(0, -'_lock'.length))) return true;
  const of = key.replace(/^hint_/, '').replace(/_disabled$/, '');
  if (key !== of && [of, `short_${of}`].some((one) => asked.has(one))) return true;
  // Values of columns, and what blocks of other kinds say.
  return [...asked].some(
    (one) => of.startsWith(`${one}_`) && !one.startsWith('short_') && !isToolbar(group, one, context),
  );
}

/** Whether a text of the home page is that of a toolbar, which has one for each button and no others. */
function isToolbar(group: string, key: string, { documents }: CheckContext): boolean {
  if (group !== DASHBOARD) return false;
  const blocks = documents.flatMap(({ root }) => (root ? elementsOf(root, 'block') : []));
  return blocks.some((block) => attributeText(block, 'name') === key && isToolbarBlock(block));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function remembered<A extends string[], T>(make: (...names: A) => T): (...names: A) => T {
  const made = new Map<string, T>();
  return (...names) => {
    const key = names.join(' ');
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(...names)));
    return value;
  };
}

function writtenTexts(documents: CheckContext['documents']): Texts['written'] {
  const written = new Map<string, Map<string, Map<string, XmlElement>>>();
  for (const lang of documents.flatMap(({ root }) => (root?.name === 'mgrdata' ? elementsOf(root, 'lang') : []))) {
    const groups = at(
      written,
      attributeOf(lang, 'name')?.value ?? '',
      () => new Map<string, Map<string, XmlElement>>(),
    );
    for (const messages of elementsOf(lang, 'messages')) {
      const keys = at(groups, attributeOf(messages, 'name')?.value ?? '', () => new Map<string, XmlElement>());
      // An overlay takes a text away.
      const texts = elementsOf(messages, 'msg').filter((msg) => !attributeOf(msg, 'remove'));
      for (const msg of texts) at(keys, attributeOf(msg, 'name')?.value ?? '', () => msg);
    }
  }
  return written;
}

function at<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function* partsOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of elementsOf(element)) if (child.name !== 'lang') yield* partsOf(child);
}

function neededTexts(context: CheckContext): ReadonlySet<string> {
  const needed = new Set<string>();
  for (const { root } of context.documents)
    for (const element of root ? partsOf(root) : [])
      for (const text of neededText(element, context)?.texts ?? []) needed.add(textName(text));
  return needed;
}

function askedTexts(documents: CheckContext['documents']): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  for (const { root } of documents)
    for (const element of root ? partsOf(root) : [])
      for (const [group, key] of askedBy(element)) at(asked, group, () => new Set<string>()).add(key);
  return asked;
}

const attributeText = (element: XmlElement | undefined, attribute: string) =>
  (element && attributeOf(element, attribute)?.value) ?? '';

/** The texts that a page may ask for because the element is there, whatever it names is known or not. */
function askedBy(element: XmlElement): Text[] {
  const { parent } = element;
  const name = attributeText(element, 'name');
  const group = functionAround(element) || blockFunction(element);
  switch (element.name) {
    case 'metadata':
      return [[name, 'title']];
    case 'block':
      return [
        [DASHBOARD, name],
        [attributeText(element, 'func'), 'title'],
      ];
    case 'toolbtn':
      return parent?.name === 'block'
        ? [
            [DASHBOARD, `${attributeText(parent, 'name')}_${name}`],
            [group, `short_${name}`],
          ]
        : [[group, `short_${name}`]];
    case 'prop':
    case 'xprop':
      return [
        [group, `${attributeText(parent, 'name')}_${name}`],
        [group, `hint_p_${name}_on`],
        [group, `hint_p_${name}_off`],
      ];
    case 'hide':
    case 'show':
      return [[group, `${name}_${attributeText(element, 'value')}`]];
    case 'button':
      return [[group, `button_${name}`]];
    case 'val':
      return [[group, `${attributeText(parent, 'name')}_${attributeText(element, 'key')}`]];
    default:
      return name === '' ? [] : [[group, name]];
  }
}

function blockFunction(element: XmlElement): string {
  for (let at: XmlElement | undefined = element; at; at = at.parent)
    if (at.name === 'block') return attributeText(at, 'func');
  return '';
}
