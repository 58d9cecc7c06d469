import { prepareDemo } from '../billing/demo/index.ts';
import { openDatabase } from '../database.ts';
import { migrations } from '../store/index.ts';
import { UsageError } from './usage-error.ts';

/** Makes the demo panel in an empty database and says how long it took. */
export async function runDemo(url: string, customers: number): Promise<void> {
  const database = await openDatabase(url, { migrations });
  const started = performance.now();
  try {
    const isMade = await prepareDemo(database, { customers, today: new Date() });
    if (!isMade) throw new UsageError(`${url} holds users already: delete it, or give another --database-url`);
  } finally {
    await database.close();
  }
  console.log(`${customers} customers in ${url}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
