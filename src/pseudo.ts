/**
 * A language that nobody speaks, made of the default one: accents, brackets, and half as long again. Who reads a page in it
 * sees what is not translated, cut off, or put together of pieces.
 */
import type { Messages } from './messages.ts';

/** The code of it, as browsers and `Intl` take it. */
export const PSEUDO = 'en-XA';

/** The texts, with one language more. */
export function withPseudo(messages: Messages): Messages {
  const { languages, text, has } = messages;
  const [first = 'en'] = languages;
  const real = (language: string) => (language === PSEUDO ? first : language);
  return {
    ...messages,
    languages: [...languages, PSEUDO],
    has: (language, group, key) => has(real(language), group, key),
    text(language, group, key) {
      const found = text(real(language), group, key);
      return language === PSEUDO && found !== undefined ? pseudo(found) : found;
    },
  };
}

/** A revision of the content that speaks it, too. */
export function pseudoRevision<R extends { readonly content: { readonly messages: Messages } }>(revision: R): R {
  return { ...revision, content: { ...revision.content, messages: withPseudo(revision.content.messages) } };
}

/** What must stay as it is: placeholders, markup, entities, addresses of links and of the web. */
const KEPT = /__\w+?__|<[^>]*>|&[#\w]+;|\]\([^)]*\)|https?:\/\/\S+|[\w.-]+@[\w.-]+/g;

const PLAIN = 'abcdeghiklmnoprstuwyzABCDEGHIKLMNOPRSTUWYZ';
const ACCENTED = 'áƀçđéĝĥíķļɱñóþŕšţúŵýžÁƁÇĐÉĜĤÍĶĻṀÑÓÞŔŠŢÚŴÝŽ';
const WORDS = 'one two three four five six seven eight nine ten'.split(' ');

/** A text in the pseudo-language; each of its plural forms stays one. */
export function pseudo(text: string): string {
  return text.split('|').map(dressed).join('|');
}

function dressed(text: string): string {
  if (!/\p{L}/u.test(text.replace(KEPT, ''))) return text;
  let at = 0;
  let result = '';
  for (const { 0: kept, index } of text.matchAll(KEPT)) {
    result += accented(text.slice(at, index)) + kept;
    at = index + kept.length;
  }
  const whole = result + accented(text.slice(at));
  const body = whole.trimEnd();
  return `[${body}${padding(text.replace(KEPT, '').length)}]${whole.slice(body.length)}`;
}

const accented = (text: string) => text.replace(/[a-z]/gi, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);

/** Words that make a text longer by two fifths, of short ones by more. */
function padding(length: number): string {
  const wanted = Math.max(3, Math.ceil(length * 0.4));
  let words = '';
  for (let at = 0; words.length < wanted; at += 1) words += ` ${WORDS[at % WORDS.length]}`;
  return words;
}
