/**
 * Fifty visitors at once, on a page with a block whose provider never answers, and on the same page without it: what counts
 * is when the first byte and all other blocks have come. `npm run bench -- --only visitors`.
 */
import { get } from 'node:http';
import { startServer } from './start.ts';
import { STUCK_FROM } from './stuck.ts';

const VISITORS = 50;
/** Each on a server of its own: one that has failed so often is left alone. */
const ROUNDS = 10;
/** Milliseconds for which a page waits before it goes out in parts, and those that may be lost beside. */
const ALLOWED = 50 + 100;

interface Seen {
  /** Milliseconds until the first byte, and until the last of the other blocks. */
  readonly first: number;
  readonly others: number;
  readonly isRetried: boolean;
}

export async function benchVisitors(database: string): Promise<void> {
  const without: Seen[] = [];
  const beside: Seen[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    without.push(...(await roundOf('lintel', database, round)));
    beside.push(...(await roundOf('stuck', database, round)));
  }
  console.log(
    `${`\n${VISITORS} at once, ${ROUNDS} times`.padEnd(43)} first byte p50     p99   other blocks p50     p99`,
  );
  const line = (name: string, seen: readonly Seen[]) => {
    const [first, others] = [sorted(seen.map((one) => one.first)), sorted(seen.map((one) => one.others))];
    console.log(
      `${name.padEnd(42)} ${cell(at(first, 0.5), 14)} ${cell(at(first, 0.99), 7)} ${cell(at(others, 0.5), 18)} ${cell(at(others, 0.99), 7)}`,
    );
    return Math.max(at(first, 0.99), at(others, 0.99));
  };
  const [usual, stuck] = [line('the page', without), line('beside a block that never comes', beside)];
  const retried = beside.filter(({ isRetried }) => isRetried).length;
  console.log(
    `p99 later by ${(stuck - usual).toFixed(0)} ms (${ALLOWED} are allowed); ${retried} of ${beside.length} got a box to try again`,
  );
}

async function roundOf(variant: string, database: string, round: number): Promise<Seen[]> {
  const { port, child } = await startServer(variant, database, STUCK_FROM);
  try {
    for (let user = 100; user < 400; user += VISITORS) await together(user, port);
    return await together(STUCK_FROM + round * VISITORS, port);
  } finally {
    child.kill('SIGKILL');
  }
}

const together = (first: number, port: number) =>
  Promise.all(Array.from({ length: VISITORS }, (_, index) => visit(first + index, port)));

const OTHERS = ['taskbar', 'services', 'tickets', 'accounts'];

function visit(user: number, port: number): Promise<Seen> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { cookie: `lintel=bench-${user}` };
    get({ port, host: '127.0.0.1', path: '/home', headers, agent: false }, (answer) => {
      let [text, first, others] = ['', 0, 0];
      answer.setEncoding('utf8').on('data', (part: string) => {
        first ||= performance.now() - started;
        text += part;
        if (others === 0 && OTHERS.every((name) => text.includes(`id="block-${name}"`)))
          others = performance.now() - started;
      });
      answer.once('end', () => {
        if (answer.statusCode !== 200 || others === 0) return reject(new Error(`The page of ${user} is not whole`));
        resolve({ first, others, isRetried: text.includes('id="block-stuck"') && text.includes('is-failed') });
      });
    }).on('error', reject);
  });
}

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const at = (numbers: readonly number[], share: number) => numbers[Math.floor(numbers.length * share)] ?? Number.NaN;
const cell = (milliseconds: number, width: number) => milliseconds.toFixed(1).padStart(width);
