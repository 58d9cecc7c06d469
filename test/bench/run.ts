/**
 * How fast the home page is, in one run on one machine: server on one core, load on the other, 100,000 customers. Ratios
 * count, not requests per second: machines differ. `npm run bench`; `-- --seconds 10` for longer runs, `-- --only pages` for one part.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/database.ts';
import { migrations } from '../../src/store/index.ts';
import { benchCheck, benchManyFiles } from './check.ts';
import { benchLists } from './lists.ts';
import { type Measured, runLoad } from './load.ts';
import { startServer } from './start.ts';
import { benchVisitors } from './visitors.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    customers: { type: 'string', default: '100000' },
    database: { type: 'string', default: 'data/bench.sqlite' },
    only: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const CONNECTIONS = 16;
/** The user whose page has the usual size: what the servers answer that answer a constant. */
let typical = 1;

const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  pages: benchPages,
  async visitors() {
    await prepare();
    await benchVisitors(values.database);
  },
  check: benchCheck,
  'check-many': benchManyFiles,
  lists: () => benchLists(seconds),
};

for (const name of values.only?.split(',') ?? Object.keys(parts)) {
  const part = parts[name];
  if (!part) throw new Error(`There is no part "${name}": ${Object.keys(parts).join(', ')}`);
  await part();
}

/** The users that have sessions. */
async function prepare(): Promise<number[]> {
  if (!existsSync(values.database)) {
    console.log(`Making ${values.database} …`);
    execFileSync(process.execPath, [
      'dist/lintel.cjs',
      'demo',
      '--customers',
      values.customers,
      '--database-url',
      `sqlite:${values.database}`,
    ]);
  }
  return prepareSessions();
}

async function benchPages(): Promise<void> {
  const users = await prepare();
  const random = shuffled(users);
  const same = users[Math.floor(users.length / 2)] ?? 0;
  typical = same;
  await comparePages(users[0] ?? 0);
  const one = () => request(same);
  const many = (n: number) => request(random[n % random.length] ?? 0);
  const a = await measure('constant', '(a) Koa, a constant string', one);
  const rows = [
    await measure('by-hand', '(b) the page written by hand', many),
    await measure('floor', '(f) session, statements, a constant', many),
    await measure('lintel', '(c) Lintel, every request reads', many),
    await measure('lintel', '(d) Lintel, the same customer', one),
    await measure('lintel', '(e) Lintel, 304', (_n, etag) => request(same, etag), true),
  ];
  await benchStart(same);
  const b = rows[0] ?? a;
  console.log(`\n${'page'.padEnd(38)} requests/s     p50     p99   CPU/request   bytes   /(a)   /(b)   /(f)`);
  for (const row of [a, ...rows]) {
    const ratio = (other: Result) => (row.perSecond / other.perSecond).toFixed(2).padStart(6);
    console.log(
      `${row.name.padEnd(38)} ${row.perSecond.toFixed(0).padStart(10)} ${row.p50.toFixed(2).padStart(7)} ${row.p99.toFixed(2).padStart(7)}` +
        ` ${row.cpu.toFixed(0).padStart(10)} us ${row.bytes.toFixed(0).padStart(7)} ${ratio(a)} ${ratio(b)} ${ratio(rows[1] ?? a)}`,
    );
  }
}

/** Processor time of the command itself, from its start until it has answered the first page, on a database that is there. */
async function benchStart(user: number): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const args = ['dist/lintel.cjs', 'serve', '--port', '0', '--database-url', `sqlite:${values.database}`];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const address = await new Promise<string>((resolve, reject) => {
        let said = '';
        child.stdout.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          const found = /http:\/\/\S+/.exec(said)?.[0];
          if (found) resolve(found);
        });
        child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
      });
      const { status } = await fetch(`${address}/home`, { headers: { cookie: `lintel=bench-${user}` } });
      if (status !== 200) throw new Error(`The first page was answered ${status}`);
      times.push(cpuOf(child) * 1000);
    } finally {
      child.kill('SIGKILL');
    }
  }
  console.log(
    `\nstart to the first page: ${times.sort((a, b) => a - b)[2] ?? Number.NaN} ms of processor time (median of 5)`,
  );
}

interface Result extends Measured {
  readonly name: string;
  /** Microseconds of the server's processor for one request. */
  readonly cpu: number;
}

type Request = (n: number, etag: string) => Buffer;

async function measure(variant: string, name: string, make: Request, isConditional = false): Promise<Result> {
  const { port, child } = await start(variant);
  try {
    const etag = isConditional ? await etagOf(port, make(0, '')) : '';
    let before = 0;
    const measured = await runLoad(
      { port, connections: CONNECTIONS, seconds, warmup: 2, request: (n) => make(n, etag) },
      () => (before = cpuOf(child)),
    );
    const cpu = ((cpuOf(child) - before) / measured.requests) * 1e6;
    const wanted = isConditional ? '304' : '200';
    if (Object.keys(measured.statuses).join() !== wanted)
      throw new Error(`${name} answered ${JSON.stringify(measured.statuses)}`);
    return { ...measured, name, cpu };
  } finally {
    child.kill('SIGKILL');
  }
}

function start(variant: string) {
  return startServer(variant, values.database, typical);
}

/** Processor seconds of a process, its threads included; 0 where the system does not say. */
function cpuOf({ pid }: ChildProcess): number {
  if (process.platform !== 'linux') return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function request(user: number, etag = ''): Buffer {
  const condition = etag && `If-None-Match: ${etag}\r\n`;
  return Buffer.from(`GET /home HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: lintel=bench-${user}\r\n${condition}\r\n`);
}

/** A session for each of the users, made straight in the table. */
async function prepareSessions(): Promise<number[]> {
  const database = await openDatabase(`sqlite:${values.database}`, { migrations });
  const users = (
    await database.knex('user').where({ level: 5 }).whereNotNull('customer_id').orderBy('id').select('id')
  ).map(({ id }) => Number(id));
  const found = await database.knex('session').where('agent', 'bench').count({ made: '*' }).first();
  if (Number(found?.made) !== users.length) {
    const now = new Date();
    const text = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
    const rows = users.map((user) => ({
      id: createHash('sha256').update(`bench-${user}`).digest('hex'),
      user_id: user,
      created: text(now.getTime()),
      seen: text(now.getTime() + 864e5 * 3000),
      expires: text(now.getTime() + 864e5 * 3650),
      address: '127.0.0.1',
      agent: 'bench',
    }));
    await database.knex('session').where('agent', 'bench').delete();
    await database.transaction(async (trx) => {
      for (let at = 0; at < rows.length; at += 500) await trx('session').insert(rows.slice(at, at + 500));
    });
  }
  await database.close();
  return users;
}

/** The page by hand must be the page of Lintel, but for white space. */
async function comparePages(user: number): Promise<void> {
  const [ours, theirs] = await Promise.all(
    ['lintel', 'by-hand'].map(async (variant) => {
      const { port, child } = await start(variant);
      const headers = { cookie: `lintel=bench-${user}`, 'accept-language': 'en' };
      const read = async () => (await fetch(`http://127.0.0.1:${port}/home`, { headers })).text();
      // The first one may come in parts.
      await read();
      const page = await read();
      child.kill('SIGKILL');
      return decoded(page)
        .replace(/\s+/g, ' ')
        .replace(/> </g, '><')
        .replace(/ (?=<)|(?<=>) /g, '');
    }),
  );
  if (ours === theirs || !ours || !theirs) return;
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at += 1;
  throw new Error(
    `The pages differ at ${at}:\n${ours.slice(Math.max(0, at - 80), at + 120)}\n---\n${theirs.slice(Math.max(0, at - 80), at + 120)}`,
  );
}

/** Without numeric references: one page may write a letter where the other writes its number. */
function decoded(page: string): string {
  return page.replace(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)));
}

async function etagOf(port: number, bytes: Buffer): Promise<string> {
  const cookie = /Cookie: (.*)\r/.exec(bytes.toString())?.[1] ?? '';
  return (await fetch(`http://127.0.0.1:${port}/home`, { headers: { cookie } })).headers.get('etag') ?? '';
}

function shuffled(users: readonly number[]): number[] {
  const list = [...users];
  let seed = 1;
  for (let at = list.length - 1; at > 0; at -= 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = seed % (at + 1);
    [list[at], list[other]] = [list[other] ?? 0, list[at] ?? 0];
  }
  return list;
}
