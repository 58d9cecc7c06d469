/**
 * Whether the memory of the server grows: 100,000 page requests of 10,000 customers over HTTP, in one process, its heap
 * measured after a collection every 10,000 requests. `node dist/bench-memory.js --database data/bench.sqlite`, a database
 * that the bench of pages has made.
 */
import { randomBytes } from 'node:crypto';
import { Agent, get } from 'node:http';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { billing } from '../../src/billing/index.ts';
import { createPayments } from '../../src/billing/payments/index.ts';
import { PACKAGE } from '../../src/content.ts';
import { openDatabase } from '../../src/database.ts';
import { createEngine } from '../../src/engine.ts';
import { createApp } from '../../src/server/app.ts';
import { listen } from '../../src/server/listen.ts';
import { createSessions, createUsers, migrations } from '../../src/store/index.ts';

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'data/bench.sqlite' },
    requests: { type: 'string', default: '100000' },
    customers: { type: 'string', default: '10000' },
  },
});
const requests = Number(values.requests);
const customers = Number(values.customers);
const STEPS = 10;
const CONNECTIONS = 16;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let count = 0;
const newId = () => `bench-${(count++).toString(36)}`;
const log = { info() {}, warn() {}, error: console.error };
const clock = () => new Date();
const database = await openDatabase(`sqlite:${values.database}`, { migrations });
const engine = await createEngine({
  folders: [PACKAGE],
  manager: 'billmgr',
  database,
  additions: billing,
  watch: false,
  log,
  newId,
  newKey: newId,
});
const users = createUsers(database);
const sessions = createSessions(database, { clock, random: randomBytes, keepSeconds: 5 });
const payments = createPayments({ database, methods: [], clock, changed: engine.changed, log });
const server = { engine, users, sessions, payments, origin: undefined, proxies: 0, log, clock, newId, isDemo: false };
const listening = await listen(
  (isStopping) => createApp({ ...server, checkDatabase: () => database.check() }, isStopping).callback(),
  '127.0.0.1',
  0,
);
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

let seed = 1;
function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

/** Customers in an order without a pattern, one in five of them again at once, so that their pages are kept as well. */
let last = 2;
function nextUser(): number {
  if (random(5) > 0) last = 2 + random(customers);
  return last;
}

function ask(user: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { cookie: `lintel=bench-${user}`, 'accept-encoding': user % 2 === 0 ? 'gzip' : 'identity' };
    const request = get(`${listening.address}/home`, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`User ${user} was answered ${answer.statusCode}`));
      answer.resume().once('end', resolve);
    });
    request.once('error', reject);
  });
}

async function run(number: number): Promise<void> {
  let left = number;
  const worker = async () => {
    while (left-- > 0) await ask(nextUser());
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

/** Bytes in use after what can be collected is. */
function heapUsed(): number {
  for (let round = 0; round < 3; round += 1) collect();
  return process.memoryUsage().heapUsed;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2).padStart(8);
console.log(`${requests} requests of ${customers} customers\n\n  requests  heap MB   rss MB   external MB`);
const points: { readonly requests: number; readonly heap: number }[] = [];
for (let step = 0; step <= STEPS; step += 1) {
  if (step > 0) await run(requests / STEPS);
  const heap = heapUsed();
  const { rss, external } = process.memoryUsage();
  const done = (requests / STEPS) * step;
  points.push({ requests: done, heap });
  console.log(`${String(done).padStart(10)} ${megabytes(heap)} ${megabytes(rss)} ${megabytes(external)}`);
}
const half = points.slice(Math.ceil(points.length / 2));
console.log(`\nSlope of the second half: ${slope(half).toFixed(1)} bytes of heap per request`);
agent.destroy();
await listening.stop({ drainMs: 0, hardMs: 1000 });
await engine.close();
await database.close();

/** Of the straight line that fits the points best. */
function slope(of: typeof points): number {
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [x, y] = [mean(of.map((point) => point.requests)), mean(of.map((point) => point.heap))];
  const rise = of.map((point) => (point.requests - x) * (point.heap - y));
  const run = of.map((point) => (point.requests - x) ** 2);
  return mean(rise) / mean(run);
}
