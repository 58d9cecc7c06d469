/** The validators of every element's attributes and of the configuration, as JavaScript: ajv compiles the contracts when Lintel is built, not when it runs. */
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { configurationSchema } from '../configuration-schema.ts';
import * as elements from '../elements/index.ts';
import { houseSchema } from '../house/schema.ts';

/** Words in the schemas that say something to people and rules, not to ajv. */
const VOCABULARY = ['about', 'refers'];

/** A module that exports `validators`: element name → (values) → schema errors. */
export function validatorModule(): string {
  const ajv = new Ajv({ allErrors: true, strict: true, code: { source: true, esm: true, lines: true } });
  ajv.addVocabulary(VOCABULARY);
  const schemas = [
    ...Object.values(elements).map(({ name, attributes }) => [name, attributes] as const),
    ['#configuration', configurationSchema] as const,
    ['#house', houseSchema] as const,
  ];
  for (const [name, schema] of schemas) ajv.addSchema(schema, name);
  const names = schemas.map(([name]) => name);
  const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [exportName(name), name])));
  const entries = names.map((name) => `  ${JSON.stringify(name)}: errorsOf(${exportName(name)}),`).join('\n');
  return `${code}\nconst errorsOf = (validate) => (values) => (validate(values) ? [] : validate.errors);\nexport const validators = {\n${entries}\n};\n`;
}

const exportName = (name: string) => `validate_${name.replace(/\W/g, '')}`;
