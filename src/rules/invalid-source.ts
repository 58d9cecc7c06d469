import type { Finding } from '../diagnostics/diagnostic.ts';
import { nearest, suggest } from '../diagnostics/suggest.ts';
import { PAGE_PLACEHOLDERS, scopePlaceholders } from '../placeholders.ts';
import { type CheckedElement, elementsNamed, type Rule } from '../rule.ts';
import { PANEL_PARAMS } from '../source-description.ts';
import { hostOf, placeOfPlaceholder, type SourceText, sourceTexts } from '../source-texts.ts';
import { attributeOf, elementsOf, placeOfName, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const invalidSource: Rule = {
  code: 'invalid-source',
  severity: 'error',
  about: 'A list has a source that cannot be asked as it is written, so it has no rows.',
  isFor: elementsNamed('source'),
  *element(element) {
    const { node } = element;
    const { parent } = node;
    if (node.name !== 'source' || parent?.name !== 'metadata') return;
    const stray = misplaced(node, parent);
    if (stray) {
      yield { ...stray, source: node.source, range: node.nameRange };
      return;
    }
    const texts = sourceTexts(node);
    yield* wrongAddress(node);
    yield* texts.flatMap(unknownPlaceholders);
    yield* wrongForKind(element);
    yield* withoutPages(element, texts);
    yield* elementsOf(node).flatMap((sent) => wrongSent(sent, node));
  },
};

function misplaced(node: XmlElement, metadata: XmlElement): Pick<Finding, 'message' | 'hint'> | undefined {
  const [first] = elementsOf(metadata).filter(({ name }) => name === 'source' || name === 'query');
  if (first !== node)
    return { message: `A list has one ${first?.name ?? 'query'}, and this is another`, hint: 'Remove one.' };
  const type = attributeOf(metadata, 'type')?.value ?? '';
  if (!['form', 'report', 'dashboard', 'helpboard'].includes(type)) return undefined;
  return { message: `Only a list has a source, and this is a ${type}`, hint: 'Remove it, or write type="list".' };
}

const EXAMPLE = 'Write an address as https://crm.example.com/customers/:customer/tickets.';

function* wrongAddress(node: XmlElement): Generator<Finding> {
  const address = attributeOf(node, 'address');
  if (!address) return;
  const host = hostOf(address.value);
  if (!host) yield { message: `${quoted(address.value)} is no address`, ...placeOfValue(address), hint: EXAMPLE };
  else if (host.username || host.password) {
    const hint = 'Send them by <header>, or a panel\'s by secret="LINTEL_SECRET_…".';
    yield { message: 'An address holds no user and no password', ...placeOfValue(address), hint };
  }
}

const KNOWN: readonly string[] = [...Object.keys(scopePlaceholders), ...PAGE_PLACEHOLDERS];

function unknownPlaceholders({ attribute, placeholders, hasSecret }: SourceText): Finding[] {
  const known = hasSecret ? [...KNOWN, 'secret'] : KNOWN;
  const unknown = placeholders.filter(({ word }) => !known.includes(word));
  return unknown.map((one) => ({
    message: one.word === 'secret' ? 'Nothing says what :secret is' : `No placeholder is named ":${one.word}"`,
    ...placeOfPlaceholder(attribute, one),
    hint: one.word === 'secret' ? 'Add secret="LINTEL_SECRET_…".' : suggest(one.word, known),
  }));
}

const OF_PANELS = ['func', 'su', 'auth', 'secret'];
const OF_SERVICES = ['method', 'body', 'rows', 'total', 'trusted', 'paging'];

/** Attributes that the kind of source needs, or does nothing with. */
function* wrongForKind({ node, faults }: CheckedElement): Generator<Finding> {
  if (faults.some(({ attribute }) => attribute === 'type' || nearest(attribute, ['type']) !== undefined)) return;
  const isPanel = attributeOf(node, 'type')?.value === 'billmgr';
  for (const name of isPanel ? OF_SERVICES : OF_PANELS) {
    const attribute = attributeOf(node, name);
    if (!attribute) continue;
    const message = `A source of a ${isPanel ? 'panel' : 'service'} has no ${quoted(name)}`;
    yield { message, ...placeOfName(attribute), hint: isPanel ? 'Remove it.' : 'Remove it, or write type="billmgr".' };
  }
  for (const name of isPanel ? ['func', 'secret'] : []) {
    if (attributeOf(node, name) || faults.some(({ attribute }) => nearest(attribute, [name]) !== undefined)) continue;
    const message = `A source of a panel needs the attribute ${quoted(name)}`;
    yield { message, source: node.source, range: node.nameRange, hint: `Add ${name}="…".` };
  }
}

function* withoutPages({ node }: CheckedElement, texts: readonly SourceText[]): Generator<Finding> {
  const paging = attributeOf(node, 'paging');
  if (paging?.value !== 'page' && paging?.value !== 'offset') return;
  const words = texts.flatMap(({ placeholders }) => placeholders.map(({ word }) => word));
  if (words.some((word) => word === paging.value || nearest(word, [paging.value]) !== undefined)) return;
  const message = `Pages are asked for by :${paging.value}, but nothing says it`;
  yield { message, ...placeOfValue(paging), hint: `Add <param name="…" value=":${paging.value}"/>.` };
}

/** Headers that say how an answer is sent, and not what is asked. */
const OF_TRANSPORT =
  /^(host|connection|content-.*|transfer-encoding|accept-encoding|keep-alive|upgrade|expect|te|trailer)$/i;

function wrongSent(sent: XmlElement, node: XmlElement): Finding[] {
  const [name, value, secret] = ['name', 'value', 'secret'].map((one) => attributeOf(sent, one));
  const isPanel = attributeOf(node, 'type')?.value === 'billmgr';
  if (!name || (sent.name !== 'param' && sent.name !== 'header')) return [];
  const isOurs = sent.name === 'header' ? OF_TRANSPORT.test(name.value) : isPanel && PANEL_PARAMS.includes(name.value);
  if (isOurs)
    return [{ message: `${quoted(name.value)} is sent by Lintel itself`, ...placeOfValue(name), hint: 'Remove it.' }];
  if (sent.name === 'header' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name.value))
    return [{ message: `${quoted(name.value)} is no name of a header`, ...placeOfValue(name) }];
  if (!secret || !value || value.value.includes(':secret')) return [];
  const hint = 'Write :secret where it stands, or remove the value.';
  return [{ message: 'The secret is not in the value', ...placeOfValue(value), hint }];
}
