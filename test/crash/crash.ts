/**
 * Kills the server at random moments while customers renew, pay and write, and counts what became of it: what was
 * acknowledged is there exactly once, all else at most once, and each balance is the sum of its ledger.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/database.ts';
import { migrations } from '../../src/store/index.ts';
import { type Customer, createCustomers, type Tally } from './customers.ts';
import { count, type Verdict } from './verdict.ts';

export interface Crash {
  readonly cycles: number;
  /** Each time a form is sent it has another key: then things are done twice, and must be found to be. */
  readonly hasNewKeys?: boolean;
  readonly onProgress?: (cycle: number, tally: Tally) => void;
}

const CUSTOMERS = 6;

export async function crash({
  cycles,
  hasNewKeys = false,
  onProgress,
}: Crash): Promise<{ tally: Tally; verdict: Verdict }> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-crash-'));
  const url = `sqlite:${join(folder, 'crash.sqlite')}`;
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const serve = () => lintel('serve', '--host', '127.0.0.1', '--port', String(port), '--database-url', url);
  await ended(lintel('demo', '--customers', '30', '--database-url', url));
  const database = await openDatabase(url, { migrations });
  const customers = await createCustomers(database, { number: CUSTOMERS, hasNewKeys });
  const tally: Tally = { asked: 0, acknowledged: 0, repeated: 0, abandoned: 0, refused: 0 };
  const act = (customer: Customer, isFinal: boolean) => customer.act({ address, tally, isFinal });

  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const server = serve();
    const gone = ended(server);
    await ready(address);
    const life = new AbortController();
    const working = customers.map(async (customer) => {
      while (!life.signal.aborted) await act(customer, false).catch(ignoreLost);
    });
    await pause(100 + Math.random() * 1400);
    server.kill('SIGKILL');
    life.abort();
    await Promise.all([gone, ...working]);
    onProgress?.(cycle, tally);
  }
  // What is still unanswered is sent again to a server that lives.
  const last = serve();
  await ready(address);
  for (const customer of customers) await act(customer, true);
  last.kill('SIGTERM');
  await ended(last);
  const verdict = await count(database, customers);
  await database.close();
  await rm(folder, { recursive: true });
  return { tally, verdict };
}

function lintel(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['dist/lintel.cjs', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('exit', resolve));
}

/** A connection that broke is what this is about; anything else is a fault. */
function ignoreLost(error: unknown): void {
  const isLost = error instanceof TypeError && /fetch failed|terminated/.test(error.message);
  if (!isLost) throw error;
}

async function ready(address: string): Promise<void> {
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
