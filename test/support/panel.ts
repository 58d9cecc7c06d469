/** A whole panel for a test: a real database file with the demo, a real content folder, a real port, real sessions. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type Router from '@koa/router';
import { createDemo } from '../../src/billing/demo/index.ts';
import { billing } from '../../src/billing/index.ts';
import { createBank } from '../../src/billing/payments/bank.ts';
import { createPayments, type Payments } from '../../src/billing/payments/index.ts';
import type { Additions } from '../../src/catalogue.ts';
import { PACKAGE } from '../../src/content.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createEngine, type Engine } from '../../src/engine.ts';
import { createApp } from '../../src/server/app.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import type { RemoteOptions } from '../../src/sources/index.ts';
import { createSessions, createUsers, migrations } from '../../src/store/index.ts';

/** What the demo's bank signs with. */
export const BANK_SECRET = 'the secret of a bank in tests';

export const TODAY = new Date('2026-03-14T09:26:53Z');

export interface Panel {
  readonly address: string;
  readonly engine: Engine;
  readonly database: Database;
  readonly payments: Payments;
  /** The provider's own content folder; empty at first, on top of Lintel's. */
  readonly folder: string;
  readonly logged: readonly LogEntry[];
  /** Every address there is, as the router has it. */
  readonly routes: readonly { readonly path: string; readonly methods: readonly string[] }[];
  clock: Date;
  write(path: string, text: string): Promise<void>;
  signIn(login: string, password?: string): Promise<string>;
  get(path: string, options?: { cookie?: string; headers?: Record<string, string> }): Promise<Response>;
  post(
    path: string,
    fields: Record<string, string>,
    options?: { cookie?: string; headers?: Record<string, string> },
  ): Promise<Response>;
  stop(): Promise<void>;
}

export interface LogEntry extends Record<string, unknown> {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

export interface PanelOptions {
  readonly customers?: number;
  readonly additions?: Additions;
  readonly watch?: boolean;
  /** Files of the provider's own content folder, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly proxies?: number;
  /** Sites whose pages may stand in a frame. */
  readonly frames?: readonly string[];
  /** Hosts that lists may be read from. */
  readonly sources?: RemoteOptions;
  readonly pseudo?: boolean;
  /** Address of an empty database; a new SQLite file when it is missing. */
  readonly store?: string;
}

export async function startPanel(options: PanelOptions = {}): Promise<Panel> {
  const {
    customers = 20,
    additions = {},
    watch = false,
    files = {},
    proxies = 0,
    frames = [],
    store,
    sources,
  } = options;
  const root = await mkdtemp(join(tmpdir(), 'lintel-test-'));
  const folder = join(root, 'content');
  await Promise.all(
    ['layouts/lang', 'data', 'templates'].map((name) => mkdir(join(folder, name), { recursive: true })),
  );
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const database = await openDatabase(store ?? `sqlite:${join(root, 'panel.sqlite')}`, { migrations });
  await database.migrate();
  await createDemo(database, { customers, today: TODAY });
  const logged: LogEntry[] = [];
  const logger = (level: LogEntry['level']) => (entry: object, message: string) =>
    void logged.push({ level, message, ...entry });
  const log = { info: logger('info'), warn: logger('warn'), error: logger('error') };
  const time = { clock: TODAY };
  const clock = () => time.clock;
  const bank = createBank({ secret: BANK_SECRET, clock });
  const newId = () => randomBytes(9).toString('base64url');
  const engine = await createEngine({
    folders: [folder, PACKAGE],
    manager: 'billmgr',
    database,
    frames,
    ...(sources && { sources }),
    ...(options.pseudo && { pseudo: true }),
    additions: {
      ...additions,
      providers: [...billing.providers, ...(additions.providers ?? [])],
      forms: [...billing.forms, ...(additions.forms ?? [])],
      methods: [...bank.methods, ...(additions.methods ?? [])],
    },
    watch,
    log,
    newId,
    newKey: () => randomBytes(16).toString('base64url'),
  });
  const payments = createPayments({
    database,
    methods: engine.methods,
    clock,
    changed: (customer) => engine.changed(customer),
    log,
  });
  const users = createUsers(database);
  const sessions = createSessions(database, { clock, random: randomBytes, keepSeconds: 5 });
  const server = {
    engine,
    users,
    sessions,
    payments,
    bank,
    origin: undefined,
    proxies,
    frames,
    log,
    clock: () => time.clock,
    newId,
    isDemo: true,
  };
  let app: ReturnType<typeof createApp> | undefined;
  const listening: Listening = await listen(
    (...stop) => (app = createApp({ ...server, checkDatabase: () => database.check() }, ...stop)).callback(),
    '127.0.0.1',
    0,
  );
  const { router } = (app?.middleware ?? []).find((one) => 'router' in one) as unknown as { router: Router };
  const { address } = listening;
  const request: Panel['get'] = (path, { cookie, headers } = {}) =>
    fetch(address + path, { redirect: 'manual', headers: { ...(cookie && { cookie }), ...headers } });
  const post: Panel['post'] = (path, fields, { cookie, headers } = {}) =>
    fetch(address + path, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }), ...headers },
    });
  return {
    address,
    engine,
    database,
    payments,
    folder,
    logged,
    routes: router.stack.map(({ path, methods }) => ({ path: String(path), methods })),
    get clock() {
      return time.clock;
    },
    set clock(now) {
      time.clock = now;
    },
    async write(path, text) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    async signIn(login, password = 'demo') {
      const answer = await post('/signin', { login, password });
      const [cookie] = answer.headers.getSetCookie();
      if (answer.status !== 303 || !cookie) throw new Error(`${login} could not sign in: ${answer.status}`);
      return cookie.split(';')[0] ?? '';
    },
    get: request,
    post,
    async stop() {
      await listening.stop({ drainMs: 0, hardMs: 500 });
      await engine.close();
      await database.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Lintel's own file at a path of the content, to be changed by a test. */
export const ownFile = (path: string) => join(PACKAGE, path);
