import { isolated } from './direction.ts';
import { pluralForm } from './plural.ts';
import { remembered } from './remembered.ts';

/** The texts of a content revision: language → group (a function, `dashboard` or `page`) → key → text. */
export interface Messages {
  /** Every language that has texts, the default one first. */
  readonly languages: readonly string[];
  /** The text in `language`, else in the default language; the group `common` stands behind every group. */
  text(language: string, group: string, key: string): string | undefined;
  /** Whether `language` itself has the text. */
  has(language: string, group: string, key: string): boolean;
  /** Every key that `text` knows for a group, in any language. */
  keys(group: string): readonly string[];
  /** Every group that has a text, in any language. */
  readonly groups: readonly string[];
}

export type MessageTable = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string>>>;

const COMMON = 'common';

export function createMessages(table: MessageTable, defaultLanguage = 'en'): Messages {
  const own = (language: string, group: string, key: string) =>
    table.get(language)?.get(group)?.get(key) ?? table.get(language)?.get(COMMON)?.get(key);
  const rank = (language: string) => (language === defaultLanguage ? 0 : 1);
  const languages = [...table.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return {
    languages,
    text: (language, group, key) => own(language, group, key) ?? own(defaultLanguage, group, key),
    has: (language, group, key) => own(language, group, key) !== undefined,
    groups: [...new Set([...table.values()].flatMap((groups) => [...groups.keys()]))],
    keys: (group) => [
      ...new Set(
        [...table.values()].flatMap((groups) =>
          [group, COMMON].flatMap((name) => [...(groups.get(name) ?? new Map()).keys()]),
        ),
      ),
    ],
  };
}

/** Puts values into `__name__` placeholders; `count` also picks among the plural forms of the language. */
export function fill(text: string, language: string, values: Readonly<Record<string, string | number>>): string {
  const form = typeof values.count === 'number' ? pluralForm(text, language, values.count) : text;
  return form.replace(/__([a-z]\w*?)__/gi, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'number' ? numbers(language).format(value) : isolated(value, language);
  });
}

const numbers = remembered((language: string) => new Intl.NumberFormat(language));
