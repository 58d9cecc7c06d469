import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly connections: number;
  /** Seconds that are counted, after a warm-up of the same kind. */
  readonly seconds: number;
  readonly warmup: number;
  /** The bytes of the nth request. */
  request(n: number): Buffer;
}

export interface Measured {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** Sends requests over kept connections, one under way on each, and measures until the time is over. */
export async function runLoad(load: Load, onWarm: () => void): Promise<Measured> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let bytes = 0;
  let sent = 0;
  let isCounting = false;
  let isOver = false;
  const worker = async () => {
    const connection = await open(load.port);
    while (!isOver) {
      const started = performance.now();
      const answer = await connection.ask(load.request(sent++));
      if (!isCounting) continue;
      times.push(performance.now() - started);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      bytes += answer.bytes;
    }
    connection.close();
  };
  const workers = Array.from({ length: load.connections }, worker);
  await sleep(load.warmup);
  onWarm();
  isCounting = true;
  const started = performance.now();
  await sleep(load.seconds);
  isOver = true;
  const seconds = (performance.now() - started) / 1000;
  const requests = times.length;
  await Promise.all(workers);
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return {
    requests,
    perSecond: requests / seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    bytes: bytes / requests,
    statuses,
  };
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

interface Connection {
  ask(request: Buffer): Promise<{ status: string; bytes: number }>;
  close(): void;
}

/** What remains of an answer that has no length: it ends with a last part that is empty. */
const IN_PARTS = Number.POSITIVE_INFINITY;
const LAST = '0\r\n\r\n';

/** A connection that reads just as much of HTTP/1.1 as a load needs: the status, and where an answer ends. */
async function open(port: number): Promise<Connection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let head = '';
  let tail = '';
  let remaining = -1;
  let received = 0;
  let settle: ((answer: { status: string; bytes: number }) => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  socket.on('error', (error) => fail?.(error));
  socket.on('close', () => fail?.(new Error('The server closed the connection')));
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (remaining === -1) {
      const text = chunk.toString('latin1', 0, 4096);
      const end = text.indexOf('\r\n\r\n');
      if (end === -1) throw new Error('A head in two pieces');
      head = text.slice(0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      remaining = /transfer-encoding: chunked/i.test(head) ? IN_PARTS : length - (chunk.length - end - 4);
    } else if (remaining !== IN_PARTS) {
      remaining -= chunk.length;
    }
    if (remaining === IN_PARTS) {
      tail = (tail + chunk.toString('latin1')).slice(-LAST.length);
      if (tail !== LAST) return;
    } else if (remaining > 0) return;
    const answer = { status: head.slice(9, 12), bytes: received };
    remaining = -1;
    received = 0;
    tail = '';
    settle?.(answer);
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        settle = resolve;
        fail = reject;
        socket.write(request);
      }),
    close() {
      fail = undefined;
      socket.destroy();
    },
  };
}
