/** One of the servers that the bench compares: `node server.js VARIANT DATABASE`; prints its port. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Koa from 'koa';
import { billing } from '../../src/billing/index.ts';
import { createPayments } from '../../src/billing/payments/index.ts';
import { createCatalogue } from '../../src/catalogue.ts';
import { iconNames, PACKAGE, readContent } from '../../src/content.ts';
import { openDatabase } from '../../src/database.ts';
import { createEngine } from '../../src/engine.ts';
import { compileContent } from '../../src/revision.ts';
import { createApp } from '../../src/server/app.ts';
import { createSessions, createUsers, migrations } from '../../src/store/index.ts';
import { createByHand, type Fixed } from './by-hand.ts';
import { stuck } from './stuck.ts';

const [variant = '', path = '', typical = ''] = process.argv.slice(2);
/** The layout with the page that is timed. */
const BENCHED = join('test', 'bench', 'content');
/** Adds a block to it that never comes. */
const STUCK = join('test', 'bench', 'stuck');
const clock = () => new Date();
let count = 0;
const newId = () => `bench-${(count++).toString(36)}`;
const isStuck = variant === 'stuck';
/** What is stuck is told as often as it is asked. */
const silent = { info() {}, warn() {}, error: isStuck ? () => {} : console.error };

const database = await openDatabase(`sqlite:${path}`, { migrations });
const users = createUsers(database);
const sessions = createSessions(database, { clock, random: randomBytes, keepSeconds: 5 });
const additions = isStuck ? { ...billing, providers: [...billing.providers, stuck] } : billing;
const engine = await createEngine({
  folders: [...(isStuck ? [STUCK] : []), BENCHED, PACKAGE],
  manager: 'billmgr',
  database,
  additions,
  watch: false,
  log: silent,
  newId,
  newKey: newId,
});
const payments = createPayments({ database, methods: [], clock, changed: engine.changed, log: silent });
const audience = { language: 'en', theme: 'system', level: 5 } as const;

/** A page of the usual size, for the servers that only answer a constant. */
const typicalUser = await database
  .knex('user')
  .where({ id: Number(typical) })
  .first();
const scopeOf = (user: { id: number; name: string; login: string; customer_id: number; zone: string }) => ({
  ...audience,
  customer: user.customer_id,
  user: user.id,
  name: user.name,
  login: user.login,
  zone: user.zone,
  rows: 25,
  now: clock(),
  session: '',
});
const constant = (await engine.home(scopeOf(typicalUser))).body;

const handlers = {
  constant: () => constantApp().callback(),
  'by-hand': async () => createByHand(path, await fixed(), clock()).callback(),
  lintel: () => panel(),
  stuck: () => panel(),
  floor: async () => (await floorApp()).callback(),
};

function panel() {
  return createApp({
    engine,
    users,
    sessions,
    payments,
    origin: undefined,
    proxies: 0,
    log: silent,
    clock,
    newId,
    checkDatabase: () => database.check(),
    isDemo: false,
  }).callback();
}

function constantApp(): Koa {
  const app = new Koa();
  const text = constant.toString();
  app.use((ctx) => {
    ctx.type = 'html';
    ctx.body = text;
  });
  return app;
}

/** Koa, the session check and the statements of the page; then a constant. */
async function floorApp(): Promise<Koa> {
  const files = readContent([BENCHED, PACKAGE]);
  const revision = await compileContent(files, {
    catalogue: createCatalogue(additions),
    manager: 'billmgr',
    icons: iconNames(files),
    database,
  });
  const lists = (revision.plans.get(5)?.blocks ?? []).flatMap(({ list }) => list ?? []);
  const text = constant.toString();
  const app = new Koa();
  app.use(async (ctx) => {
    const session = await sessions.find(ctx.cookies.get('lintel') ?? '');
    if (!session) return ctx.throw(401);
    const { user } = session;
    const scope = {
      ...audience,
      customer: user.customer,
      user: user.id,
      name: user.name,
      login: user.login,
      zone: user.zone,
      rows: 25,
      now: clock(),
      session: session.name,
    };
    await Promise.all(lists.map((list) => list.source(scope, { limit: list.limit, offset: 0 }, undefined)));
    ctx.type = 'html';
    ctx.body = text;
  });
  return app;
}

/** What the page by hand needs of Lintel's: names of assets, tones of icons. */
async function fixed(): Promise<Fixed> {
  const page = constant.toString();
  const find = (pattern: RegExp) => pattern.exec(page)?.[0] ?? '';
  const files = readContent([BENCHED, PACKAGE]);
  const icons = JSON.parse(Buffer.from(files.assets.get('icons.json') ?? []).toString()) as Record<
    string,
    { tone?: string }
  >;
  return {
    sprite: find(/\/assets\/icons-\w+\.svg/),
    favicon: find(/\/assets\/favicon-\w+\.svg/),
    stylesheet: find(/\/assets\/lintel-\w+\.css/),
    script: find(/\/assets\/home-\w+\.js/),
    htmx: find(/\/assets\/lintel-\w+\.js/),
    tones: Object.fromEntries(Object.entries(icons).map(([name, { tone = '' }]) => [name, tone])),
    navigation: [...page.matchAll(/<li><a href="(\/list\/\w+)">([^<]+)<\/a><\/li>/g)].map(
      ([, address = '', title = '']) => ({ address, title }),
    ),
  };
}

export const tokenOf = (user: number) => `bench-${user}`;
export const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

const handler = await handlers[variant as keyof typeof handlers]();
const server = createServer((request, response) => void handler(request, response));
process.once('SIGINT', () => process.exit());
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
