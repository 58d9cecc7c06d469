/** The words of one function in a visitor's language: its messages, and values as text. */
import type { Formats } from './formats.ts';
import { fill, type Messages } from './messages.ts';

export interface Words extends Pick<Formats, 'language' | 'money' | 'date' | 'number'> {
  /** A message of the function; the bare key when it has none. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** Whether there is a message of that name. */
  has(key: string): boolean;
  /** The words of another group. */
  of(group: string): Words;
  /** A text with values put in. */
  fill(text: string, values: Readonly<Record<string, string | number>>): string;
  /** `a, b and c`. */
  list(things: readonly string[]): string;
}

export function wordsOf(messages: Messages, group: string, formats: Formats): Words {
  const { language, money, date, number } = formats;
  return {
    language,
    money,
    date,
    number,
    text: (key, values = {}) => fill(messages.text(language, group, key) ?? key, language, values),
    has: (key) => messages.text(language, group, key) !== undefined,
    of: (other) => wordsOf(messages, other, formats),
    fill: (text, values) => fill(text, language, values),
    list: (things) => new Intl.ListFormat(language, { type: 'conjunction' }).format(things),
  };
}
