/** Languages, as `<lang name="…">` says them. */
import type { Messages } from './messages.ts';
import type { CheckContext } from './rule.ts';
import { attributeOf, elementsOf, type XmlElement } from './xml/node.ts';

// Slow to make, and most checks ask for no language.
let names: Intl.DisplayNames | undefined;

/** Whether a code stands for a language that browsers know: `en`, `pt-BR`. */
export function isLanguage(code: string): boolean {
  names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  try {
    return names.of(code.split('-')[0] ?? '') !== undefined && Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}

/** The language that a file is named for: `layouts/lang/ru.xml`. */
export function languageOfFile(path: string): string | undefined {
  const [, code] = /(?:^|[/\\])lang[/\\]([\w-]+)\.xml$/.exec(path) ?? [];
  return code !== undefined && isLanguage(code) ? code : undefined;
}

/** Whether a `<lang>` is in a language that nobody speaks, or in another one than its file. */
export function isUnknownLanguage(element: XmlElement): boolean {
  if (element.name !== 'lang') return false;
  const name = attributeOf(element, 'name')?.value ?? '';
  const wanted = languageOfFile(element.source.path);
  return !isLanguage(name) || (wanted !== undefined && wanted !== name);
}

const houses = new WeakMap<CheckContext['documents'], ReadonlySet<string>>();

/** The default language and those that the house writes; what Lintel brings along in others is shown in the default one where the house says nothing. */
export function languagesOfHouse({ documents }: CheckContext, { languages }: Messages): ReadonlySet<string> {
  let known = houses.get(documents);
  if (known === undefined) {
    const own = documents.filter(({ stored }) => !stored).flatMap(({ root }) => (root ? elementsOf(root, 'lang') : []));
    const written = own
      .map((element) => attributeOf(element, 'name')?.value ?? '')
      .filter((language) => languages.includes(language));
    known = new Set(written.length > 0 ? [...languages.slice(0, 1), ...written] : languages);
    houses.set(documents, known);
  }
  return known;
}
