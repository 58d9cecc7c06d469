/** Markdown as safe markup. Its packages are slow to load, so this module is imported when there is a text to show. */
import { Marked, type Token, type Tokens } from 'marked';
import sanitize from 'sanitize-html';
import { safeLink } from '../link.ts';
import { remembered } from '../remembered.ts';
import type { RemovedMarkup } from '../rule.ts';
import { ascii } from './segments.ts';

const TEXT_TAGS =
  'p br hr span strong b em i del s small sub sup mark code pre kbd abbr blockquote ul ol li a h3 h4'.split(' ');
const TABLE_TAGS = 'table thead tbody tr th td'.split(' ');
const TAGS = [...TEXT_TAGS, ...TABLE_TAGS];
/** Headings stand below the one of the notice. */
const RENAMED: Readonly<Record<string, string>> = { h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4' };
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title'],
  ol: ['start'],
  abbr: ['title'],
};

const marked = new Marked({ gfm: true, async: false });

const OPTIONS: sanitize.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: { a: ['href', 'title', 'target', 'rel'], ol: ['start'], abbr: ['title'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  transformTags: { ...RENAMED, a: (_tag, attributes) => linkOf(attributes) },
};

/** A link as `safeLink` lets it stand, another site in a window of its own; the words of any other link. */
function linkOf({ href = '', title }: sanitize.Attributes): sanitize.Tag {
  const address = safeLink(href);
  // Not a tag that is then taken out: sanitize-html would close the next one in its name.
  if (address === undefined) return { tagName: 'span', attribs: {} };
  const attribs = { href: address, ...(title !== undefined && { title }) };
  const away = { target: '_blank', rel: 'nofollow noopener noreferrer' };
  return { tagName: 'a', attribs: /^https?:/.test(address) ? { ...attribs, ...away } : attribs };
}

/** A text of the content as markup that may stand in a page as it is; each text is rendered once. */
export const renderMarkdown = remembered((text: string): string =>
  ascii(
    sanitize(marked.parse(text) as string, OPTIONS)
      .replaceAll(' />', '>')
      .trim(),
  ),
);

/** What `renderMarkdown` takes out of a text. */
export function removedFrom(text: string): readonly RemovedMarkup[] {
  const removed: RemovedMarkup[] = [];
  let from = 0;
  for (const token of flat(marked.lexer(text))) {
    const at = text.indexOf(token.raw, from);
    if (at < 0) continue;
    removed.push(...removedFromToken(token, at));
    from = token.type === 'html' ? at + token.raw.length : at;
  }
  return removed;
}

/** What tokens hold others in. */
interface Holder {
  readonly tokens?: readonly Token[];
  readonly items?: readonly Token[];
  readonly header?: readonly Tokens.TableCell[];
  readonly rows?: readonly (readonly Tokens.TableCell[])[];
}

function* flat(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    const { tokens: inner = [], items = [], header = [], rows = [] } = token as Holder;
    yield* flat([...items, ...[...header, ...rows.flat()].flatMap((cell) => cell.tokens), ...inner]);
  }
}

const TAG = /<([a-z][\w-]*)((?:\s+[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?|[^<>])*)>?/gi;
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;

function* removedFromToken(token: Token, at: number): Generator<RemovedMarkup> {
  if (token.type === 'image') yield { at, length: token.raw.length, what: token.raw, kind: 'image' };
  if (token.type === 'link') {
    const { href, raw } = token as Tokens.Link;
    if (safeLink(href) !== undefined) return;
    const inside = href === '' ? -1 : raw.lastIndexOf(href);
    yield inside < 0
      ? { at, length: raw.length, what: raw, kind: 'address' }
      : { at: at + inside, length: href.length, what: href, kind: 'address' };
  }
  if (token.type !== 'html') return;
  for (const { 0: whole, 1: name = '', 2: attributes = '', index } of token.raw.matchAll(TAG)) {
    const tag = RENAMED[name.toLowerCase()] ?? name.toLowerCase();
    if (!TAGS.includes(tag)) yield { at: at + index, length: whole.length, what: `<${name}>`, kind: 'element' };
    else yield* removedFromTag(tag, attributes, at + index + 1 + name.length);
  }
}

function* removedFromTag(tag: string, attributes: string, at: number): Generator<RemovedMarkup> {
  for (const match of attributes.matchAll(ATTRIBUTE)) {
    const [whole, name = '', ...values] = match;
    const place = { at: at + match.index, length: whole.length };
    const value = values.find((one) => one !== undefined) ?? '';
    if (!ATTRIBUTES[tag]?.includes(name.toLowerCase())) yield { ...place, what: name, kind: 'attribute' };
    else if (name.toLowerCase() === 'href' && safeLink(value) === undefined)
      yield { ...place, what: value, kind: 'address' };
  }
}
