import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { DASHBOARD } from '../needed-text.ts';
import { type CheckContext, elementsNamed, type Rule } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingTranslation: Rule = {
  code: 'missing-translation',
  severity: 'warning',
  about: 'A language lacks texts that another one has, so its visitors see the default language, or a bare name.',
  isFor: elementsNamed('lang'),
  *element({ node }, context) {
    if (node.name !== 'lang' || !context.names || !isFirst(node, context)) return;
    const language = attributeOf(node, 'name');
    const { written } = textsOf(context);
    const groups = new Set([...written.values()].flatMap((one) => [...one.keys()]));
    for (const group of language ? groups : []) yield* lacking(node, group, context);
  },
};

/** A language may be spread over files: what it lacks is said once. */
function isFirst(lang: XmlElement, { documents }: CheckContext): boolean {
  const name = attributeOf(lang, 'name')?.value;
  for (const { root } of documents) {
    const found = root?.name === 'mgrdata' ? elementsOf(root, 'lang') : [];
    const first = found.find((one) => attributeOf(one, 'name')?.value === name);
    if (first) return first === lang;
  }
  return false;
}

function* lacking(lang: XmlElement, group: string, context: CheckContext): Generator<Finding> {
  const language = attributeOf(lang, 'name')?.value ?? '';
  const { overlays } = context;
  const { written, slips, groupSlips, isNeeded, asked } = textsOf(context);
  if ([...groupSlips(language).values()].includes(group)) return;
  const own = written.get(language)?.get(group);
  // A function that has no title in a language lacks all: another rule says so.
  if (!own && isNeeded(group, 'title')) return;
  const isThere = (key: string) => own?.has(key) || written.get(language)?.get('common')?.has(key);
  const misspelt = [...slips(language, group).values()];
  // What an overlay adds is asked for where it is merged.
  const isAskedFor = (key: string, { source }: XmlElement) =>
    isNeeded(group, key) ||
    (overlays.has(source) && (group === DASHBOARD ? isUnmerged(source, context) : asked(group).has(key)));
  const lost = new Map<string, XmlElement>();
  for (const [other, groups] of written) {
    if (groupSlips(other).has(group)) continue;
    for (const [key, msg] of groups.get(group) ?? []) {
      const isReported = misspelt.includes(key) || slips(other, group).has(key) || isAskedFor(key, msg);
      if (!isThere(key) && !isReported && !lost.has(key)) lost.set(key, msg);
    }
  }
  yield* lostTexts(lang, { group, language, lost, own });
}

/** Whether an overlay changes layouts, of which none has its changes yet. */
function isUnmerged(overlay: Source, { documents }: CheckContext): boolean {
  const isIn = (element: XmlElement): boolean =>
    element.attributes.some(({ source }) => source === overlay) || elementsOf(element).some(isIn);
  const others = documents.flatMap(({ root, source }) => (root && source !== overlay ? [root] : []));
  return /<(?:block|doc|metadata)\b/.test(overlay.text) && !others.some(isIn);
}

interface Lost {
  readonly group: string;
  readonly language: string;
  /** The texts that the language lacks, as another one has them. */
  readonly lost: ReadonlyMap<string, XmlElement>;
  readonly own: ReadonlyMap<string, XmlElement> | undefined;
}

/** One finding for all that a file of texts lacks, and one for each text that a file of other things has in one language only. */
function* lostTexts(lang: XmlElement, { group, language, lost, own }: Lost): Generator<Finding> {
  const isAlone = ({ source }: XmlElement) => !/[/\\]lang[/\\]/.test(source.path) && source !== lang.source;
  for (const [key, msg] of lost) {
    const name = attributeOf(msg, 'name');
    if (!name || !isAlone(msg)) continue;
    const hint = `Write it in the language ${quoted(language)} too.`;
    yield {
      ...placeOfValue(name),
      message: `The text ${quoted(key)} of ${quoted(group)} is missing in ${language}`,
      hint,
    };
  }
  const keys = [...lost].filter(([, msg]) => !isAlone(msg)).map(([key]) => key);
  const messages = own && firstOf(own);
  const name = (messages && attributeOf(messages, 'name')) ?? attributeOf(lang, 'name');
  if (keys.length === 0 || !name) return;
  const shown = keys.slice(0, SHOWN).map((key) => quoted(key));
  const more = keys.length > SHOWN ? ` and ${keys.length - SHOWN} more` : '';
  yield {
    ...placeOfValue(name),
    message: `The messages ${quoted(group)} lack ${keys.length === 1 ? 'a text' : `${keys.length} texts`} in ${language}`,
    hint: `Other languages have ${shown.join(', ')}${more}.`,
  };
}

const SHOWN = 8;

/** The messages that hold the first of some texts. */
function firstOf(texts: ReadonlyMap<string, XmlElement>): XmlElement | undefined {
  const [msg] = texts.values();
  return msg?.parent;
}
