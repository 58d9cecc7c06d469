import { safeLink } from '../link.ts';
import { escapeText } from './segments.ts';

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2066-\u2069]+/giu;

/** Longer ones are left as text. */
const LONGEST = 2000;

/** Text as markup in which addresses of the web are links, each shown as it is written and opened in a window of its own. */
export function linked(text: string): string {
  let markup = '';
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.length > LONGEST ? '' : withoutEnd(found);
    const link = safeLink(address);
    if (!link?.startsWith('http')) continue;
    const attributes = `href="${escapeText(link)}" target="_blank" rel="nofollow noopener noreferrer"`;
    markup += `${escapeText(text.slice(from, index))}<a ${attributes}>${escapeText(address)}</a>`;
    from = index + address.length;
  }
  return markup + escapeText(text.slice(from));
}

/** Signs that end a sentence, and a bracket that was opened before the address, are not part of it. */
function withoutEnd(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    const isBracket = last in OPENED && count(address, last, end) > count(address, OPENED[last] ?? '', end);
    if (!isBracket && !/[.,;:!?…»”’*_]/u.test(last)) break;
    end -= 1;
  }
  return address.slice(0, end);
}

const OPENED: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

const count = (text: string, sign: string, end: number) => text.slice(0, end).split(sign).length - 1;
