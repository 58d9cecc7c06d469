/** The templates of Lintel's own as nunjucks compiles them: a server then begins with their JavaScript, not with their text. */
import { readContent } from '../content.ts';
import { compileTemplate, sumOf } from '../pipeline/render.ts';

/** Templates of one page of text each, in as many languages: they are compiled when somebody reads them. */
const GUIDE = /^help\//;

/** A module that exports `compiled`: name of a template → the sum of its text, and what gives its functions. */
export function templateModule(root: string): string {
  const entries = [...readContent([root]).templates]
    .filter(([name]) => !GUIDE.test(name))
    .map(
      ([name, text]) => `${JSON.stringify(name)}: { sum: ${sumOf(text)}, make() {\n${compileTemplate(name, text)}\n} }`,
    );
  return `export const compiled = {\n${entries.join(',\n')}\n};\n`;
}
