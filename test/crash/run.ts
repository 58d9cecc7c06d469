/**
 * Kills the server at random moments while customers renew, pay and write, and counts what became of it: what was
 * acknowledged is there exactly once, all else at most once, and each balance is the sum of its ledger.
 * `npm run crash -- --cycles 200`
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/database.ts';
import { migrations } from '../../src/store/index.ts';
import { type Customer, createCustomers, type Tally } from './customers.ts';
import { count } from './verdict.ts';

const { values } = parseArgs({
  options: { cycles: { type: 'string', default: '200' }, customers: { type: 'string', default: '6' } },
});
const cycles = Number(values.cycles);

const folder = await mkdtemp(join(tmpdir(), 'lintel-crash-'));
const url = `sqlite:${join(folder, 'crash.sqlite')}`;
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
const node = (args: readonly string[]) =>
  spawn(process.execPath, ['dist/lintel.cjs', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

await ended(node(['demo', '--customers', '30', '--database-url', url]));
const database = await openDatabase(url, { migrations });
const customers = await createCustomers(database, Number(values.customers));
const tally: Tally = { asked: 0, acknowledged: 0, repeated: 0, abandoned: 0, refused: 0 };

for (let cycle = 1; cycle <= cycles; cycle += 1) {
  const server = node(['serve', '--host', '127.0.0.1', '--port', String(port), '--database-url', url]);
  const gone = ended(server);
  await ready();
  const life = new AbortController();
  const working = customers.map((customer) => work(customer, life.signal));
  await pause(100 + Math.random() * 1400);
  server.kill('SIGKILL');
  life.abort();
  await Promise.all([gone, ...working]);
  if (cycle % 20 === 0) console.log(`${cycle} of ${cycles} kills: ${JSON.stringify(tally)}`);
}
await settle();
const verdict = await count(database, customers);
console.log(JSON.stringify({ kills: cycles, ...tally, ...verdict }, null, 2));
await database.close();
await rm(folder, { recursive: true });
const isGood = Object.values(verdict).every((wrong) => wrong === 0) && tally.acknowledged > 0;
console.log(isGood ? 'every acknowledged action once, every other at most once, ledger sum = balance' : 'WRONG');
process.exit(isGood ? 0 : 1);

/** Does one thing after the other until the server is gone. */
async function work(customer: Customer, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await customer.act({ address, tally, isFinal: false }).catch(ignoreLost);
}

/** What is still unanswered is sent again to a server that lives. */
async function settle(): Promise<void> {
  const server = node(['serve', '--host', '127.0.0.1', '--port', String(port), '--database-url', url]);
  await ready();
  for (const customer of customers) await customer.act({ address, tally, isFinal: true });
  server.kill('SIGTERM');
  await ended(server);
}

/** A connection that broke is what this is about; anything else is a fault. */
function ignoreLost(error: unknown): void {
  const isLost = error instanceof TypeError && /fetch failed|terminated/.test(error.message);
  if (!isLost) throw error;
}

async function ready(): Promise<void> {
  for (;;) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(10);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const found = probe.address();
      probe.close(() => resolve(typeof found === 'object' && found ? found.port : 0));
    });
  });
}
