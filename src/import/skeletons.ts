/** Definitions to fill in, for lists whose rows a program of the panel gave. */
import { buttonElements, columnElements } from '../definition.ts';
import { includesCustomers, levelTest } from '../level.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { elementsIn, type ImportContext, type Target, type Tell, valueIn } from './imported.ts';
import { Patchwork } from './patchwork.ts';

const NOTE = '<!-- The rows were given by a program. Write the SELECT for your own tables. -->';
const HINT = (path: string) => `Write the SELECT into its <query> in ${path}.`;

/** Gives each list that is new here, and has no query, one to fill in. */
export function addQueries(targets: readonly Target[], known: ReadonlySet<string>, context: ImportContext, tell: Tell) {
  for (const target of targets) {
    const lists = elementsIn(target, context).filter((one) => isWholeList(one) && !known.has(valueIn(one, 'name')));
    for (const metadata of lists.reverse()) addQuery(target, metadata, tell);
  }
}

/** A definition for each list block whose list is described nowhere. */
export function newDefinitions(
  targets: readonly Target[],
  known: ReadonlySet<string>,
  context: ImportContext,
  tell: Tell,
): Target[] {
  const blocks = new Map<string, [XmlElement, ...XmlElement[]]>();
  for (const target of targets) {
    for (const block of elementsIn(target, context).filter(isListBlock)) {
      const func = attributeOf(block, 'func');
      if (!func || known.has(func.value)) continue;
      const others = blocks.get(func.value);
      if (others) {
        others.push(block);
        continue;
      }
      blocks.set(func.value, [block]);
      const place = target.work.origin(func.valueRange);
      const message = `The list "${func.value}" is described nowhere among the files`;
      if (place) tell(place, { code: 'missing-data', severity: 'warning', message, hint: HINT(pathOf(func.value)) });
    }
  }
  return [...blocks].map(([func, list]) => skeleton(func, list));
}

const isListBlock = (one: XmlElement) => one.name === 'block' && valueIn(one, 'type') === 'list';

function isWholeList(one: XmlElement): boolean {
  const isList = one.name === 'metadata' && valueIn(one, 'type') === 'list';
  return isList && columnElements(one).length > 0 && elementsOf(one, 'query').length === 0;
}

function addQuery({ path, work }: Target, metadata: XmlElement, tell: Tell): void {
  const name = attributeOf(metadata, 'name');
  const place = name && work.origin(name.valueRange);
  if (!name) return;
  const fields = [
    ...[valueIn(metadata, 'key') || 'id', valueIn(metadata, 'keyname')],
    ...columnElements(metadata).flatMap(fieldsOf),
    ...buttonElements(metadata).flatMap((button) => elementsOf(button).map((condition) => valueIn(condition, 'name'))),
  ];
  const levels = attributeOf(metadata, 'level')?.value;
  const at = metadata.innerRange.start;
  const query = queryFor(name.value, fields, includesCustomers(levelTest(levels)));
  work.replace({ start: at, end: at }, `\n    ${NOTE}\n    ${query}`);
  const message = `The rows of "${name.value}" were given by a program, and come from a query here`;
  if (place) tell(place, { code: 'missing-data', severity: 'warning', message, hint: HINT(path) });
}

/** The fields that a column needs: icons of a message column are for its values, others for flags. */
function fieldsOf(column: XmlElement): string[] {
  const isOfValues = valueIn(column, 'type') === 'msg';
  const flags = elementsOf(column).filter(({ name }) => name === 'xprop' || (name === 'prop' && !isOfValues));
  return [valueIn(column, 'name'), ...flags.map((flag) => valueIn(flag, 'name'))];
}

function skeleton(func: string, blocks: readonly [XmlElement, ...XmlElement[]]): Target {
  const buttons = unique(blocks.flatMap((block) => elementsOf(block, 'toolbtn').map((one) => valueIn(one, 'name'))));
  const columns = new Map(
    blocks.flatMap((block) => elementsOf(block, 'col').map((one) => [valueIn(one, 'name'), one] as const)),
  );
  const fields = ['id', ...[...columns.values()].flatMap(fieldsOf)];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<mgrdata>',
    `  <metadata name="${func}" type="list" key="id">`,
    `    ${NOTE}`,
    `    ${queryFor(func, fields, true)}`,
    ...(buttons.length > 0
      ? ['    <toolbar>', ...buttons.map((name) => `      ${buttonFor(func, name)}`), '    </toolbar>']
      : []),
    '    <coldata>',
    ...[...columns.values()].map((column) => `      ${columnFor(column)}`),
    '    </coldata>',
    '  </metadata>',
    '</mgrdata>',
    '',
  ];
  const work = new Patchwork();
  work.replace({ start: 0, end: 0 }, lines.join('\n'));
  return { path: pathOf(func), from: undefined, work };
}

const pathOf = (func: string) => `data/${func}.xml`;
const buttonFor = (func: string, name: string) => `<toolbtn name="${name}" type="edit" func="${func}.${name}"/>`;

function columnFor(column: XmlElement): string {
  const said = ['type', 'sort', 'sorted'].filter((name) => attributeOf(column, name));
  return `<col name="${valueIn(column, 'name')}"${said.map((name) => ` ${name}="${valueIn(column, name)}"`).join('')}/>`;
}

function queryFor(func: string, fields: readonly string[], isScoped: boolean): string {
  const all = unique([...fields, ...(isScoped ? ['customer_id'] : [])]).filter((name) => name !== '');
  const where = isScoped ? '\n      where customer_id = :customer' : '';
  return `<query>\n      select ${all.map(sqlName).join(', ')}\n      from ${sqlName(func.replace(/\W/g, '_'))}${where}\n    </query>`;
}

const sqlName = (name: string) => (/^[a-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '')}"`);
const unique = (names: readonly string[]) => [...new Set(names)];
