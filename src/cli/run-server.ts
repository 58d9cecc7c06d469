import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { password as demoPassword } from '../billing/demo/password.ts';
import { type Bank, createPayments } from '../billing/payments/index.ts';
import { createDueServices } from '../billing/services/due.ts';
import { type Configuration, isLoopback } from '../configuration.ts';
import { PACKAGE } from '../content.ts';
import { type Database, openDatabase } from '../database.ts';
import { pretty } from '../diagnostics/reporters/index.ts';
import { createEngine, type Engine, type EngineOptions } from '../engine.ts';
import { readFrames } from '../frames.ts';
import { LayoutError } from '../layout-error.ts';
import { readPeers } from '../peers.ts';
import { createApp } from '../server/app.ts';
import { listen } from '../server/listen.ts';
import { createSessions, createUsers, migrations } from '../store/index.ts';
import { readLimits } from '../xml/limits.ts';
import { ownAdditions } from './own-additions.ts';
import { UsageError } from './usage-error.ts';

/** Seconds for which a session that ended in another process may still be found in this one. */
const KEPT_SESSION = 5;

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** Milliseconds after the start: those who come first are let in first. */
const SETTLED = 5000;

/** Starts everything a server is made of and prints where it is; a signal stops it without losing a request. */
export async function runServer(settings: Configuration): Promise<void> {
  const log = pino({ redact: ['err.config', 'password'] });
  const clock = () => new Date();
  const newId = createIds();
  const frames = readFrames(settings.LINTEL_FRAMES);
  if (settings.LINTEL_CONTENT !== undefined && !existsSync(settings.LINTEL_CONTENT)) {
    throw new UsageError(`LINTEL_CONTENT "${settings.LINTEL_CONTENT}" is not there`);
  }
  const database = await openStore(settings);
  const users = createUsers(database);
  const hasDemo = isLoopback(settings.HOST) && (await users.byLogin('alice')) !== undefined;
  const bank = hasDemo ? await openBank(settings, database, clock) : undefined;
  const metrics = settings.LINTEL_METRICS === undefined ? undefined : await openMetrics();
  const engine = await createEngineOrExit({
    observer: metrics?.observer,
    folders: settings.LINTEL_CONTENT === undefined ? [PACKAGE] : [settings.LINTEL_CONTENT, PACKAGE],
    manager: settings.LINTEL_MANAGER,
    limits: readLimits(settings.LINTEL_XML_LIMITS),
    frames,
    sources: { peers: readPeers(settings.LINTEL_SOURCES), secret: (variable) => process.env[variable] },
    pseudo: settings.LINTEL_PSEUDO === 'yes',
    database,
    additions: await ownAdditions(settings.LINTEL_CONFIG, bank?.methods, settings.LINTEL_FEATURES),
    watch: true,
    log,
    newId,
    newKey: () => randomBytes(16).toString('base64url'),
  });
  const dealings = { database, clock, changed: (customer: number) => engine.changed(customer), log };
  const payments = createPayments({ ...dealings, methods: engine.methods });
  const due = createDueServices(dealings);
  const sessions = createSessions(database, { clock, random: randomBytes, keepSeconds: KEPT_SESSION });
  const server = {
    engine,
    users,
    sessions,
    payments,
    bank,
    origin: settings.LINTEL_ORIGIN,
    frames,
    proxies: settings.LINTEL_PROXY,
    log,
    clock,
    newId,
    checkDatabase: () => database.check(),
    metrics,
  };
  const metricsAt = await metrics
    ?.listen(...hostAndPort(settings.LINTEL_METRICS), () => engine.health)
    .catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(
        `Cannot listen on LINTEL_METRICS ${settings.LINTEL_METRICS}: ${error.code ?? error.message}`,
      );
    });
  if (metricsAt) log.info({ address: metricsAt }, 'metrics');
  const listening = await listen(
    (...stop) => createApp({ ...server, isDemo: hasDemo }, ...stop).callback(),
    settings.HOST,
    settings.PORT,
  ).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`Cannot listen on ${settings.HOST}:${settings.PORT}: ${error.code ?? error.message}`);
  });
  greet(listening.address, settings.LINTEL_ORIGIN, hasDemo);
  const repeating = [payments, due].map((work) => work.watch(SETTLED));
  const { close } = closeWithGrace({ delay: 12_000, logger: false, skip: [...SIGNALS] }, async ({ err }) => {
    if (err) log.error({ err }, 'stopping after a fault');
    await listening.stop();
    await Promise.all(repeating.map((one) => one.stop()));
    await metrics?.close();
    await engine.close();
    await database.close();
  });
  stopOnSignal((signal) => {
    log.info({ signal }, 'stopping');
    close();
  });
}

async function openMetrics() {
  const { createMetrics } = await import('../server/metrics.ts');
  return createMetrics();
}

/** `9464` is of this machine alone. */
function hostAndPort(setting = ''): [host: string, port: number] {
  const [, host = '127.0.0.1', port] = /^(?:(.+):)?(\d+)$/.exec(setting) ?? [];
  return [host.replace(/^\[|\]$/g, ''), Number(port)];
}

/** A signal stops it; another one changes nothing: npm and process managers send two of one. */
function stopOnSignal(stop: (signal: NodeJS.Signals) => void): void {
  let isTold = false;
  for (const name of SIGNALS) {
    process.on(name, (signal) => {
      if (!isTold) stop(signal);
      isTold = true;
    });
  }
}

/**
 * The demo's bank. It makes money out of nothing: only for a database with users of the demo, and never where others than
 * this machine may reach the panel.
 */
async function openBank(
  { LINTEL_ORIGIN, LINTEL_PROXY }: Configuration,
  { knex }: Database,
  clock: () => Date,
): Promise<Bank | undefined> {
  const isHere = LINTEL_ORIGIN === undefined || isLoopback(new URL(LINTEL_ORIGIN).hostname);
  const isDemo = isHere && LINTEL_PROXY === 0 && (await knex('user').first('id').where({ password: demoPassword }));
  if (!isDemo) return undefined;
  const { createBank } = await import('../billing/payments/bank.ts');
  return createBank({ secret: randomBytes(32).toString('hex'), clock });
}

/** An engine; content that is wrong from the start ends the process with its findings. */
async function createEngineOrExit(options: EngineOptions): Promise<Engine> {
  try {
    return await createEngine(options);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    const colour = process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
    console.error(pretty(error.diagnostics, { colour, files: 1 }));
    return process.exit(1);
  }
}

/** Ids that are never given twice: a random beginning for the process, and a count. */
function createIds(): () => string {
  const process = randomBytes(6).toString('base64url');
  let count = 0;
  return () => `${process}-${(count++).toString(36)}`;
}

/** The store, with its tables up to date; an empty one on loopback is filled with the demo panel. */
async function openStore({ DATABASE_URL, HOST }: Configuration): Promise<Database> {
  const database = await openDatabase(DATABASE_URL, { migrations });
  await database.migrate().catch((cause: Error) => {
    throw new UsageError(`DATABASE_URL cannot be used: ${cause.message}`, { cause });
  });
  const isEmpty = (await database.knex('user').first('id')) === undefined;
  if (isEmpty && isLoopback(HOST)) {
    const { createDemo } = await import('../billing/demo/index.ts');
    console.log('Creating the demo database …');
    await createDemo(database, { customers: 200, today: new Date() });
  }
  await database.check();
  return database;
}

function greet(address: string, origin: string | undefined, hasDemo: boolean): void {
  console.log(`\n  Lintel is at ${origin ?? address}\n`);
  if (hasDemo)
    console.log(
      '  Sign in as alice, bob, nora, max (customers), dana (works for alice) or admin; the password is demo.\n',
    );
}
