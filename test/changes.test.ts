import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Changes, createChanges } from '../src/changes.ts';
import type { Database } from '../src/database.ts';
import { createKeep, type Keep } from '../src/keep.ts';
import { migrations } from '../src/store/index.ts';
import { type Bed, createOpener, postgresBed, sqliteBed } from './database/beds.ts';

const beds = [await sqliteBed(), await postgresBed()];
const opener = createOpener();
afterAll(async () => {
  await opener.close();
  for (const bed of beds) if (typeof bed !== 'string') await bed.stop();
});

/** What one process has: a connection, shelves and changes of its own. */
interface Process {
  readonly database: Database;
  readonly keep: Keep;
  readonly changes: Changes;
  readonly failures: unknown[];
}

describe.each(beds.filter((bed): bed is Bed => typeof bed !== 'string'))('two processes on $name', (bed) => {
  const processes: Process[] = [];
  let url: string;
  beforeAll(async () => {
    url = await bed.create();
  });
  afterEach(() => Promise.all(processes.splice(0).map(({ changes }) => changes.close())));

  const start = async (origin: string): Promise<Process> => {
    const database = await opener.open(url, { migrations });
    await database.migrate();
    const keep = createKeep();
    const failures: unknown[] = [];
    const changes = createChanges({ database, keep, origin, onFailure: (error) => void failures.push(error) });
    const started = { database, keep, changes, failures };
    processes.push(started);
    return started;
  };
  const startTwo = async () => {
    const both = await Promise.all([start('one'), start('two')]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return both as [Process, Process];
  };
  const shelfOf = (keep: Keep, owner: number | string) => {
    keep.shelf(owner, 0);
    const shelf = keep.shelf(owner, 0);
    shelf.put('page', 'kept', 1000, 0);
    return () => keep.shelf(owner, 0).get('page', 0);
  };

  test('forget what the other has changed within a second, and nothing else', async () => {
    const [one, two] = await startTwo();
    const [seventeen, staff, other] = [17, 'user 3', 18].map((owner) => shelfOf(two.keep, owner));
    one.changes.changed(17);
    one.changes.changed('user 3');
    await vi.waitFor(() => expect([seventeen?.(), staff?.()]).toEqual([undefined, undefined]), { timeout: 1000 });
    expect(other?.()).toBe('kept');
  });

  test('tell those who listen, once each', async () => {
    const [one, two] = await startTwo();
    const heard: string[] = [];
    const listening = { within: 0, onChange: () => void heard.push('two') };
    two.changes.listen(17, listening);
    one.changes.listen(17, { within: 0, onChange: () => void heard.push('one') });
    two.changes.listen(18, { within: 0, onChange: () => void heard.push('another customer') });
    one.changes.changed(17);
    await vi.waitFor(() => expect(heard).toEqual(['one', 'two']), { timeout: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(heard).toEqual(['one', 'two']);
  });

  test('tell of many changes, and keep few of them', async () => {
    const [one, two] = await startTwo();
    const heard = new Set<number>();
    for (let owner = 0; owner < 1500; owner += 1)
      two.changes.listen(owner, { within: 0, onChange: () => void heard.add(owner) });
    for (let owner = 0; owner < 1500; owner += 1) one.changes.changed(owner);
    await vi.waitFor(() => expect(heard.size).toBe(1500), { timeout: 5000 });
    expect(await one.database.knex('change').pluck('id')).toHaveLength(bed.name === 'SQLite' ? 1000 : 0);
    expect([...one.failures, ...two.failures]).toEqual([]);
  });

  test('go on when the connection was lost', async () => {
    if (bed.name !== 'PostgreSQL') return;
    const [one, two] = await startTwo();
    const kept = shelfOf(two.keep, 17);
    await one.database.knex.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()",
    );
    // What was told meanwhile is not known.
    await vi.waitFor(() => expect(kept()).toBeUndefined(), { timeout: 3000 });
    const heard: number[] = [];
    two.changes.listen(17, { within: 0, onChange: () => void heard.push(17) });
    one.changes.changed(17);
    await vi.waitFor(() => expect(heard).toEqual([17]), { timeout: 1000 });
  });
});

describe('who listens', () => {
  test('is told at once of what was changed since its page was drawn', async () => {
    const bed = beds[0] as Bed;
    const database = await opener.open(await bed.create(), { migrations });
    await database.migrate();
    const changes = createChanges({ database, keep: createKeep(), origin: 'one', onFailure() {} });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const hears = (owner: number, within: number) => {
      let isTold = false;
      const stop = changes.listen(owner, { within, onChange: () => (isTold = true) });
      stop();
      return isTold;
    };
    changes.changed(1);
    expect([hears(1, 40), hears(2, 40), hears(2, 60_000)]).toEqual([true, false, true]);
    await changes.close();
  });
});
