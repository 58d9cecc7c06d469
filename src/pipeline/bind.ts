import { readAttention } from '../attention.ts';
import type { BlockHead, BlockKind, BoundBlock, Lock } from '../block.ts';
import type { ColumnKind } from '../column.ts';
import type { Database } from '../database.ts';
import { buttonElements, columnElements, readButton, readColumn } from '../definition.ts';
import { readAttributes } from '../element.ts';
import { block as blockElement, metadata as metadataElement } from '../elements/index.ts';
import { type Features, presentPart } from '../features.ts';
import type { FormDefinition } from '../form.ts';
import { readForm } from '../form-description.ts';
import type { FunctionDescription } from '../function.ts';
import type { Guard } from '../guard.ts';
import { blocksOf } from '../layout.ts';
import { levelTest } from '../level.ts';
import type { ListNames } from '../list.ts';
import type { Plan } from '../plan.ts';
import { type Column, ownerField, type Provider, type RowQuery, type RowSource } from '../provider.ts';
import { readReport } from '../report-description.ts';
import { readSource, type SourceDescription, sourceFields } from '../source-description.ts';
import { elementsOf, textOf, type XmlElement } from '../xml/node.ts';

const TIMEOUT = 3000;

/** The family also says `yes`, which locks nothing here. */
const LOCKS: readonly Lock[] = ['position', 'presence', 'collapse'];

/** Seconds for which shared rows are kept when the definition does not say it. */
const SHARED = 30;

export interface Kinds {
  readonly blocks: readonly BlockKind[];
  readonly columns: readonly ColumnKind[];
}

/** What a definition's rows come from: the statement of its query on the store, or nothing when there is no database. */
export type SqlSource = (database: Database, select: string) => (query: RowQuery) => RowSource;

/** Rows that another host gives. */
export type RemoteSource = (description: SourceDescription) => ReturnType<SqlSource>;

/** Reads rows once for everybody, and gives each visitor those for all and the own ones. */
export type SharedSource = (
  source: ReturnType<SqlSource>,
  sharing: { fields: readonly string[]; owner: string | undefined; seconds: number },
) => ReturnType<SqlSource>;

/** The functions that definitions describe. `fieldsOf` says what a query returns, when a database was there to ask. */
export function bindDefinitions(
  definitions: Iterable<XmlElement>,
  from: {
    database: Database | undefined;
    source: SqlSource;
    share: SharedSource;
    /** Stands around each provider. */
    guard: Guard;
    /** Without it, no other host is asked. */
    remote: RemoteSource | undefined;
    fieldsOf: (queried: XmlElement) => readonly string[] | undefined;
    /** What there is; undefined when all is. */
    features: Features | undefined;
    /** The provider in TypeScript of that name. */
    providerOf: (name: string) => Provider | undefined;
    /** What acts for a form. */
    formOf: (name: string) => FormDefinition | undefined;
  },
): FunctionDescription[] {
  return [...definitions].flatMap((metadata): FunctionDescription[] => {
    const element = from.features ? presentPart(metadata, from.features) : metadata;
    if (!element) return [];
    const attributes = readAttributes(metadataElement, element);
    const level = levelTest(attributes.level);
    const icon = attributes.selficon ?? attributes.selficont;
    if (OTHERS.includes(attributes.type)) return [];
    if (attributes.type === 'report') {
      const report = readReport(element, readForm(element), from);
      return [{ name: attributes.name, type: 'report', level, icon, report }];
    }
    if (attributes.type !== 'list') {
      const description = readForm(element) ?? { pages: [], buttons: [] };
      const form = { description, definition: from.formOf(attributes.name) };
      return [{ name: attributes.name, type: 'form', level, icon, form }];
    }
    const select = elementsOf(element, 'query').map(textOf)[0] ?? '';
    const key = attributes.key ?? 'id';
    const owner = ownerField(attributes.owner, level);
    const source = readSource(element);
    const fields = source ? sourceFields(element, source) : from.fieldsOf(metadata);
    const rows = source
      ? (from.remote?.(source) ?? (() => noRows))
      : from.database && select !== ''
        ? from.source(from.database, select)
        : () => noRows;
    const own = from.guard(attributes.name, rows);
    const sharing = { fields: fields ?? [], owner, seconds: attributes.cache ?? SHARED };
    const provider: Provider = {
      name: attributes.name,
      level,
      key,
      keyname: attributes.keyname ?? key,
      owner,
      columns: columnElements(element).map(readColumn),
      buttons: buttonElements(element).map(readButton),
      cache: attributes.cache,
      identity: source ? JSON.stringify(source) : select,
      fields,
      isEmpty: select === '' && !source,
      prepare: attributes.shared && fields ? from.share(own, sharing) : own,
    };
    return [{ name: attributes.name, type: 'list', level, icon, provider }];
  });
}

/** Descriptions that nobody can open as a list or a form. */
const OTHERS: readonly string[] = ['dashboard', 'helpboard'];

const noRows: RowSource = () => Promise.reject(new Error('Nothing supplies these rows'));

/** What the names in a layout stand for, at one access level. */
export function listNames(level: number, functions: ReadonlyMap<string, FunctionDescription>, kinds: Kinds): ListNames {
  const byType = new Map(kinds.columns.flatMap((kind) => kind.types.map((type) => [type, kind] as const)));
  const plain = byType.get('data');
  const kindOf = (column: Column) => {
    const kind = byType.get(column.type) ?? plain;
    if (!kind) throw new Error(`No column kind draws "${column.type}"`);
    return kind;
  };
  return { level, functions, kindOf };
}

/** The plan of a layout that `check` has passed. Blocks that the level may not see are not in it. */
export function bind(doc: XmlElement, names: ListNames, kinds: Kinds): Plan {
  const blocks = blocksOf(doc).flatMap((element): BoundBlock[] => {
    const attributes = readAttributes(blockElement, element);
    const func = attributes.func === undefined ? undefined : names.functions.get(attributes.func);
    const isForbidden = !levelTest(attributes.level)(names.level) || func?.level(names.level) === false;
    const kind = kinds.blocks.find((kind) => kind.matches(attributes));
    const isNothing = attributes.type === 'list' && !func;
    if (isForbidden || isNothing || !kind) return [];
    const head: BlockHead = {
      name: attributes.name,
      position: attributes.position,
      title: attributes.title,
      func: attributes.func,
      rows: attributes.rows,
      isCollapsed: attributes.display === 'min',
      timeout: attributes.timeout ?? TIMEOUT,
      cache: attributes.cache ?? func?.provider?.cache ?? func?.report?.cache,
      stale: attributes.stale ?? 0,
      refresh: attributes.refresh,
      locks: LOCKS.filter((lock) => attributes.lock?.split(' ').includes(lock)),
      attention: readAttention(attributes.attention),
    };
    return [{ kind: kind.name, ...head, ...kind.bind(element, head, names) }];
  });
  return { level: names.level, blocks };
}
