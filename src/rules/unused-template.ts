import { nearest } from '../diagnostics/suggest.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../xml/problem.ts';

export const unusedTemplate: Rule = {
  code: 'unused-template',
  severity: 'warning',
  about:
    'The template stands for none of Lintel’s, and no other template includes it, so it is never drawn: most often its name is not the one that was meant.',
  *template({ name, source }, { asked, templates, reading }) {
    if (asked.has(name) || HELP.test(name)) return;
    const uses = [...templates.keys()].flatMap((other) => reading(other)?.uses ?? []);
    if (uses.some((use) => use.name === name || use.name === undefined)) return;
    const meant = nearby(name, asked);
    yield {
      message: `Nothing asks for the template ${quoted(name)}`,
      source,
      range: { start: 0, end: 0 },
      hint: meant ? `Did you mean "${meant}"?` : 'Include it somewhere, or remove it.',
    };
  },
};

/** The template that was most likely meant: of a name like this in the same folder, or of this name in another one. */
function nearby(name: string, asked: ReadonlySet<string>): string | undefined {
  const [folder, stem] = split(name);
  const others = [...asked].map(split);
  const near = nearest(
    stem,
    others.flatMap(([other, one]) => (other === folder ? [one] : [])),
  );
  const [elsewhere] = others.find(([, one]) => one === stem) ?? [];
  return near !== undefined ? `${folder}${near}.njk` : elsewhere !== undefined ? `${elsewhere}${stem}.njk` : undefined;
}

/** `blocks/list.njk` is `blocks/` and `list`. */
function split(name: string): readonly [folder: string, stem: string] {
  const at = name.lastIndexOf('/') + 1;
  return [name.slice(0, at), name.slice(at).replace(/\.njk$/, '')];
}

/** A section of the guide, which is asked for by where it lies. */
const HELP = /^help\/[\w-]+\/\d+-[\w.-]+\.njk$/;
