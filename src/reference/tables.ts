/** The reference of the language as Markdown: every element, where it stands, and what its attributes take. */
import { type ElementContract, name as nameSchema, type Refers, ROOT } from '../element.ts';
import { familyAttributes, familyElements } from '../family.ts';
import type { AttributeSchema } from '../rule.ts';

type Elements = ReadonlyMap<string, ElementContract>;

/** A section for each element, from the outer ones inwards. */
export function elementTables(elements: Elements): string {
  return inwards(elements)
    .map((contract) => section(contract, elements))
    .join('\n');
}

function inwards(elements: Elements): ElementContract[] {
  const found = new Set<ElementContract>();
  for (let around = [ROOT]; around.length > 0; ) {
    const next = around
      .flatMap((parent) => [...elements.values()].filter(({ parents }) => parents.includes(parent)))
      .filter((contract) => !found.has(contract));
    for (const contract of next) found.add(contract);
    around = [...new Set(next)].map(({ name }) => name);
  }
  return [...found];
}

function section(contract: ElementContract, elements: Elements): string {
  const { name, about, parents, text, attributes } = contract;
  const required: readonly string[] = attributes.required ?? [];
  const children = [...elements.values()].filter((child) => child.parents.includes(name)).map((child) => child.name);
  const rows = Object.entries(attributes.properties as Readonly<Record<string, AttributeSchema>>).map(
    ([attribute, schema]) => {
      const need = required.includes(attribute) ? '; required' : '';
      return `| \`${attribute}\` | ${valueText(schema)}${need} | ${cell(schema.about ?? '')} |`;
    },
  );
  const outside = parents.filter((parent) => parent !== ROOT);
  const places = [
    ...(parents.includes(ROOT) ? ['It is the outer element of a file.'] : []),
    ...(outside.length > 0 ? [`It stands in ${tags(outside)}.`] : []),
    ...(children.length > 0 ? [`It holds ${tags(children)}.`] : []),
    ...(text ? ['It holds text.'] : []),
  ];
  const readOver = [
    ...familyElements(name)
      .filter((child) => !children.includes(child))
      .map((child) => `<${child}>`),
    ...familyAttributes(name).filter((attribute) => !Object.hasOwn(attributes.properties, attribute)),
  ];
  return [
    `### \`${name}\``,
    `${cell(about)} ${places.join(' ')}`,
    ...(rows.length > 0 ? [['| attribute | value | what it does |', '|---|---|---|', ...rows].join('\n')] : []),
    ...(readOver.length > 0 ? [`Read over: ${readOver.map((word) => `\`${word}\``).join(', ')}.`] : []),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

const tags = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

const NAME = (nameSchema() as AttributeSchema).pattern;

const NAMED: Readonly<Partial<Record<Refers, string>>> = {
  function: 'a function',
  icon: 'an icon',
  column: 'a column',
  field: 'a field of the row',
  level: 'access levels',
  link: 'an address',
  feature: 'features',
};

function valueText(schema: AttributeSchema): string {
  const { refers, type, minimum, maximum, pattern } = schema;
  if (schema.enum) return schema.enum.map((choice) => (choice === '' ? 'empty' : `\`${choice}\``)).join(' ');
  if (type === 'boolean') return '`yes` `no`';
  if (type === 'integer') return `${minimum} to ${maximum}`;
  if (refers && NAMED[refers]) return NAMED[refers];
  if (schema.examples) return schema.examples.map((word) => `\`${word}\``).join(' ');
  return pattern === undefined ? 'text' : pattern === NAME ? 'a name' : 'as said';
}

/** Text that may stand in a cell of a table. */
function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replace(/<(\w+)>/g, '`<$1>`')
    .replaceAll('``', '`');
}
