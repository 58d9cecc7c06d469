/** Languages, as `<lang name="…">` says them. */
import { attributeOf, type XmlElement } from './xml/node.ts';

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
