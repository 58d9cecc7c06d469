/** What a `<source>` says, read: where rows are asked for, with which words, and where they are in the answer. */
import { buttonElements, columnElements, readButton, readColumn } from './definition.ts';
import { readAttributes } from './element.ts';
import { header, metadata as metadataElement, param, source as sourceElement, value } from './elements/index.ts';
import { includesCustomers, levelTest } from './level.ts';
import { ownerField } from './provider.ts';
import { elementsOf, type XmlElement } from './xml/node.ts';

export interface SourceDescription {
  readonly type: 'http' | 'billmgr';
  /** With placeholders behind the host. */
  readonly address: string;
  readonly method: 'GET' | 'POST';
  readonly body: 'form' | 'json';
  readonly params: readonly Sent[];
  readonly headers: readonly Sent[];
  readonly rows: string | undefined;
  readonly total: string | undefined;
  readonly paging: 'none' | 'page' | 'offset';
  readonly size: number;
  /** Milliseconds for one answer. */
  readonly timeout: number;
  readonly owner: OwnerInRow;
  readonly values: readonly ValuePlace[];
  readonly panel: PanelCall | undefined;
}

/** A parameter or a header. */
export interface Sent {
  readonly name: string;
  readonly value: string;
  /** The environment variable that `:secret` stands for. */
  readonly secret: string | undefined;
}

/** How it is known whose a row is. */
export interface OwnerInRow {
  readonly field: string | undefined;
  /** Undefined when the peer is trusted to give only rows of the customer it was asked about. */
  readonly path: string | undefined;
}

export interface ValuePlace {
  readonly name: string;
  readonly path: string;
  readonly as: 'money' | 'moment' | 'flag' | undefined;
  /** Of money: the field that holds its currency. */
  readonly currency: string;
}

/** What a call of a panel of the family needs beside. */
export interface PanelCall {
  readonly func: string;
  /** The login of the user it is asked for, with placeholders; undefined for the panel's own view. */
  readonly su: string | undefined;
  readonly auth: 'session' | 'authinfo';
  /** The environment variable with `user:password`. */
  readonly secret: string;
}

/** What a panel is asked by Lintel itself: no author says it beside. */
export const PANEL_PARAMS: readonly string[] = [
  ...['func', 'out', 'auth', 'authinfo', 'su', 'lang', 'sfrom', 'username', 'password'],
  ...['p_num', 'p_cnt', 'p_sort', 'p_order', 'p_col'],
];

/** The source of a definition; undefined when it has none. */
export function readSource(metadata: XmlElement): SourceDescription | undefined {
  const [element] = elementsOf(metadata, 'source');
  if (!element) return undefined;
  const attributes = readAttributes(sourceElement, element);
  const { level, owner } = readAttributes(metadataElement, metadata);
  const { address, rows, total, body = 'form', method = 'GET', paging = 'none' } = attributes;
  const { size = SIZE, timeout = TIMEOUT, secret = '' } = attributes;
  const type = attributes.type ?? 'http';
  const field = ownerField(owner, levelTest(level));
  const values = readValues(metadata, element);
  const isTrusted = attributes.owner === undefined && (attributes.trusted === true || type === 'billmgr');
  const pathOf = (name: string) => values.find((one) => one.name === name)?.path ?? name;
  const path = isTrusted || field === undefined ? undefined : (attributes.owner ?? pathOf(field));
  const panel =
    type === 'billmgr'
      ? {
          func: attributes.func ?? '',
          su: askedFor(metadata, attributes.su),
          auth: attributes.auth ?? 'session',
          secret,
        }
      : undefined;
  const params = elementsOf(element, 'param').map((one) => readSent(one, param));
  const headers = elementsOf(element, 'header').map((one) => readSent(one, header));
  return {
    ...{ type, address, method, body, params, headers, rows, total, paging, size, timeout, values, panel },
    owner: { field, path },
  };
}

const SIZE = 100;
const TIMEOUT = 3000;

/** A list that customers may call is asked for the visitor, whatever is left out. */
function askedFor(metadata: XmlElement, su: string | undefined): string | undefined {
  const { level, shared } = readAttributes(metadataElement, metadata);
  return su ?? (includesCustomers(levelTest(level)) && shared !== true ? ':login' : undefined);
}

function readSent(element: XmlElement, contract: typeof param | typeof header): Sent {
  const { name, secret, value = secret === undefined ? '' : ':secret' } = readAttributes(contract, element);
  return { name, value, secret };
}

function readValues(metadata: XmlElement, element: XmlElement): ValuePlace[] {
  const columns = columnElements(metadata).map(readColumn);
  return elementsOf(element, 'value').map((one) => {
    const { name, path = name, as } = readAttributes(value, one);
    const currency = columns.find((column) => column.name === name)?.currency ?? 'currency';
    return { name, path, as, currency };
  });
}

/** The fields that rows of a source have: all that the definition names. */
export function sourceFields(metadata: XmlElement, { owner, values }: SourceDescription): readonly string[] {
  const { key = 'id', keyname = key } = readAttributes(metadataElement, metadata);
  const columns = columnElements(metadata).map(readColumn);
  const conditions = buttonElements(metadata).flatMap((button) => readButton(button).conditions);
  const ofColumns = columns.flatMap(({ name, type, used, limit, currency, props }) => [
    name,
    used,
    limit,
    currency ?? (type === 'money' || type === 'change' ? 'currency' : undefined),
    ...props.filter((prop) => prop.value !== undefined).map((prop) => prop.name),
  ]);
  const named = [key, keyname, owner.field, ...ofColumns, ...conditions.map(({ field }) => field)];
  return [...new Set([...named.filter((one) => one !== undefined), ...values.map(({ name }) => name)])];
}
