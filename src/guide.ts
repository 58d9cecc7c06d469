/**
 * The customer's guide: a template `templates/help/LANGUAGE/NN-NAME.njk` for each section, in the order of their numbers.
 * A section that has the name of a function is for those who may call it; its title is the message NAME of `help`.
 */
export interface GuideSection {
  readonly name: string;
  readonly anchor: string;
  readonly template: string;
  readonly language: string;
}

const SECTION = /^help\/([\w-]+)\/(\d+-([\w.-]+))\.njk$/;

/** The sections in a language; those it lacks are in the first of `languages`. */
export function sectionsOf(templates: Iterable<string>, language: string, languages: readonly string[]) {
  const sections = new Map<string, GuideSection & { readonly file: string }>();
  const found = [...templates].flatMap((template) => {
    const [, code = '', file = '', name = ''] = SECTION.exec(template) ?? [];
    return code === '' ? [] : [{ name, anchor: name.replaceAll('.', '-'), file, template, language: code }];
  });
  for (const code of [languages[0], language])
    for (const section of found) if (section.language === code) sections.set(section.name, section);
  return [...sections.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}
