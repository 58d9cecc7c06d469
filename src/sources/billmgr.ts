/**
 * Panels of the family, asked as their own pages ask them: `func=…&out=json`, rows in `doc.elem`, `$` for text. Source: format.md, 9.
 * What is asked goes in the body of a POST: an address, which others may log, holds no session and no password.
 */
import type { StopSignal } from '../deadline.ts';
import type { Scope } from '../provider.ts';
import { PANEL_PARAMS, type PanelCall, type SourceDescription } from '../source-description.ts';
import { at, MOST_ROWS, type ReadRow } from './answer-rows.ts';
import type { Caller } from './caller.ts';
import type { PageAsked, PageGiven, Pages } from './paged.ts';
import { addressOf, type Fill, filler, type Secret, secretValue } from './request.ts';

export interface Panels {
  /** The pages of a list of a panel. */
  pages(source: SourceDescription, panel: PanelCall, read: ReadRow): Pages;
}

type Params = [string, string][];

interface Asked {
  readonly source: SourceDescription;
  readonly panel: PanelCall;
  readonly address: URL;
  readonly params: Params;
  readonly signal: StopSignal | undefined;
}

export function createPanels(caller: Caller, secrets: Secret): Panels {
  /** Address and secret → the session there. */
  const sessions = new Map<string, Promise<string>>();

  const post = async ({ source, address, signal }: Asked, params: Params) => {
    const body = new URLSearchParams([...params, ['out', 'json'], ['sfrom', 'ajax']]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const call = { address, method: 'POST', headers, body: body.toString(), timeout: source.timeout } as const;
    const doc = at(await caller.call(call, signal), 'doc');
    if (typeof doc !== 'object' || doc === null) throw new Error(`${address.origin} answers no doc`);
    return doc;
  };

  const signIn = async (asked: Asked): Promise<string> => {
    const given = secretValue(asked.panel.secret, secrets);
    const [username = '', ...rest] = given.split(':');
    const password = rest.join(':');
    // Others wait for the same session, so that it does not end with the one who asked first.
    const params: Params = [
      ['func', 'auth'],
      ['username', username],
      ['password', password],
    ];
    const doc = await post({ ...asked, signal: undefined }, params);
    refuse(doc, asked, [given, password]);
    const id = plain(at(doc, 'auth')) ?? at(doc, 'auth.$id');
    if (typeof id !== 'string' || id === '') throw new Error(`${asked.address.origin} gives no session`);
    return id;
  };

  /** The kept session; a new one in place of `ended`. */
  const sessionOf = async (asked: Asked, ended?: string): Promise<string> => {
    const key = `${asked.source.address} ${asked.panel.secret}`;
    const kept = sessions.get(key);
    if (kept && (ended === undefined || (await kept.catch(() => ended)) !== ended)) return kept;
    // While this one waited, another may have begun to sign in.
    const other = sessions.get(key);
    if (other && other !== kept) return other;
    const session = signIn(asked);
    sessions.set(key, session);
    session.catch(() => sessions.get(key) === session && sessions.delete(key));
    return session;
  };

  const ask = async (asked: Asked): Promise<object> => {
    if (asked.panel.auth === 'authinfo') {
      const given = secretValue(asked.panel.secret, secrets);
      const doc = await post(asked, [...asked.params, ['authinfo', given]]);
      refuse(doc, asked, [given]);
      return doc;
    }
    const session = await sessionOf(asked);
    const first = await post(asked, [...asked.params, ['auth', session]]);
    const renewed = hasEnded(first) ? await sessionOf(asked, session) : undefined;
    const doc = renewed === undefined ? first : await post(asked, [...asked.params, ['auth', renewed]]);
    refuse(doc, asked, [session, renewed ?? session]);
    return doc;
  };

  return {
    pages: (source, panel, read) => ({
      hasPages: true,
      sorts: true,
      size: source.size,
      async ask(page, scope, signal) {
        const fill = filler(page, scope, secrets);
        const address = addressOf(source.address, fill);
        const params = paramsOf({ source, panel, fill }, page, scope);
        const doc = await ask({ source, panel, address, params, signal });
        return pageIn(doc, read, scope);
      },
    }),
  };
}

interface Asking {
  readonly source: SourceDescription;
  readonly panel: PanelCall;
  readonly fill: Fill;
}

function paramsOf({ source, panel, fill }: Asking, { page, size, sort }: PageAsked, scope: Scope): Params {
  const own = source.params.filter(({ name }) => !PANEL_PARAMS.includes(name));
  const params: Params = own.map(({ name, value, secret }) => [name, fill(value, secret)]);
  params.push(['func', panel.func], ['lang', scope.language], ['p_num', String(page)], ['p_cnt', String(size)]);
  if (panel.su !== undefined) params.push(['su', fill(panel.su)]);
  if (sort) {
    const path = source.values.find(({ name }) => name === sort.column)?.path ?? sort.column;
    params.push(['p_sort', path], ['p_order', sort.descending ? 'desc' : 'asc']);
  }
  return params;
}

function pageIn(doc: object, read: ReadRow, { customer }: Scope): PageGiven {
  const elem = at(doc, 'elem');
  const found = Array.isArray(elem) ? elem : elem === undefined ? [] : [elem];
  if (found.length > MOST_ROWS) throw new Error(`An answer has more than ${MOST_ROWS} rows`);
  const rows = found.map((row) => read(flat(row), customer));
  const total = plain(at(doc, 'p_elems'));
  return { rows, total: typeof total === 'string' && /^\d{1,9}$/.test(total) ? Number(total) : undefined };
}

/** The text of an element of the family: of `{ "$": "text", "$orig": "…" }`, `text`. */
function plain(found: unknown): unknown {
  if (Array.isArray(found)) return found.map(plain);
  if (typeof found !== 'object' || found === null) return found;
  return Object.hasOwn(found, '$') ? (found as { $: unknown }).$ : undefined;
}

/** A row with its cells as text; a path such as `cost.$orig` reaches what else a cell says. */
function flat(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, cell]) => [
      [name, plain(cell)],
      ...attributesOf(cell).map(([attribute, value]) => [`${name}@${attribute.slice(1)}`, value]),
    ]),
  );
}

const attributesOf = (cell: unknown) =>
  typeof cell === 'object' && cell !== null && !Array.isArray(cell)
    ? Object.entries(cell).filter(([name]) => /^\$./.test(name))
    : [];

/** A panel that knows no session says so, or shows where to sign in. */
function hasEnded(doc: object): boolean {
  return at(doc, 'error.$type') === 'auth' || at(doc, '$func') === 'logon';
}

/** Throws the error of an answer, for staff: without what signs Lintel in, and not at length. */
function refuse(doc: object, { address, panel }: Asked, secrets: readonly string[]): void {
  const error = at(doc, 'error');
  if (error === undefined && !hasEnded(doc)) return;
  const said = String(plain(at(error, 'msg')) ?? at(error, '$type') ?? 'no session');
  const safe = secrets.filter((secret) => secret !== '').reduce((text, secret) => text.replaceAll(secret, '…'), said);
  throw new Error(`${address.origin} refuses ${panel.func}: ${safe.replace(/\s+/g, ' ').slice(0, 200)}`);
}
