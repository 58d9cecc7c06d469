import { setTimeout as wait } from 'node:timers/promises';
import type { Driver, QueryConfig, Result } from 'pg';
import type { StopSignal } from '../deadline.ts';

/** Reads of one PostgreSQL database through sessions that cannot write. */
export interface Reader {
  /** Rejects with the signal's reason once an aborted statement has stopped. */
  query(query: QueryConfig, signal?: StopSignal): Promise<Result>;
  close(): Promise<void>;
}

/** The server went away or is coming back: worth one more try, since a read changes nothing. */
const passing = new Set(['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET']);
const retryAfter = 100;
const cancelAfter = 50;

/** `cancel` stops the statement that the server process of that number is running. */
export function createReader(
  driver: Driver,
  settings: Readonly<Record<string, unknown>>,
  cancel: (process: number) => Promise<unknown>,
): Reader {
  const pool = new driver.Pool({ max: 8, maxLifetimeSeconds: 3600, connectionTimeoutMillis: 1000, ...settings });
  // A connection that is lost is replaced by the pool, and fails the statement it runs; unheard it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  let closed: Promise<void> | undefined;

  const once = async (query: QueryConfig, signal: StopSignal | undefined) => {
    const client = await pool.connect();
    let cancelled: Promise<unknown> | undefined;
    let fault: unknown;
    let isOver = false;
    // A cancelling that arrives before the statement does nothing: it is said again until the statement has stopped.
    const cancelAgain = async () => {
      while (!isOver) {
        await cancel(client.processID).catch(() => {});
        if (!isOver) await wait(cancelAfter);
      }
    };
    const onAbort = () => {
      cancelled = cancelAgain();
    };
    try {
      if (signal?.aborted) throw signal.reason;
      signal?.addEventListener('abort', onAbort);
      return await client.query(query);
    } catch (error) {
      fault = error;
      throw signal?.aborted ? signal.reason : error;
    } finally {
      isOver = true;
      signal?.removeEventListener('abort', onAbort);
      // The connection serves nobody else before the cancelling has arrived, or it would hit the next statement.
      await cancelled;
      client.release(fault !== undefined && isLost(fault, driver));
    }
  };

  return {
    async query(query, signal) {
      if (signal?.aborted) throw signal.reason;
      try {
        return await once(query, signal);
      } catch (error) {
        if (signal?.aborted || !isLost(error, driver)) throw error;
        await wait(retryAfter);
        return once(query, signal);
      }
    },
    close: () => (closed ??= pool.end()),
  };
}

/** Whether the connection is of no more use: an error that is not the server's answer to the statement. */
function isLost(error: unknown, driver: Driver): boolean {
  const { code } = error as { code?: string };
  return !(error instanceof driver.DatabaseError) || passing.has(code ?? '');
}
