/** The validators of every element's attributes and of the configuration, as JavaScript: ajv compiles the contracts when Lintel is built, not when it runs. */
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { configurationSchema } from '../configuration-schema.ts';
import * as elements from '../elements/index.ts';
import { houseSchema } from '../house/schema.ts';

/** Words in the schemas that say something to people and rules, not to ajv: the module would carry them along. */
const SAID = new Set(['about', 'refers', 'examples', 'default']);

/** The schema without them. */
function bare(schema: object): object {
  const asProperties = (properties: object) =>
    Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, bare(one as object)]));
  const entries = Object.entries(schema).filter(([word]) => !SAID.has(word));
  return Object.fromEntries(
    entries.map(([word, value]) => {
      if (word === 'properties') return [word, asProperties(value as object)];
      const isSchema = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [
        word,
        isSchema ? bare(value as object) : Array.isArray(value) && word.endsWith('Of') ? value.map(bare) : value,
      ];
    }),
  );
}

/** A module that exports `validators`: element name → (values) → schema errors. */
export function validatorModule(): string {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  const schemas = [
    ...Object.values(elements).map(({ name, attributes }) => [name, attributes] as const),
    ['#configuration', configurationSchema] as const,
    ['#house', houseSchema] as const,
  ];
  for (const [name, schema] of schemas) ajv.addSchema(bare(schema), name);
  const names = schemas.map(([name]) => name);
  const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [exportName(name), name])));
  const entries = names.map((name) => `  ${JSON.stringify(name)}: errorsOf(${exportName(name)}),`).join('\n');
  return `${code}\nconst errorsOf = (validate) => (values) => (validate(values) ? [] : validate.errors);\nexport const validators = {\n${entries}\n};\n`;
}

const exportName = (name: string) => `validate_${name.replace(/\W/g, '')}`;
