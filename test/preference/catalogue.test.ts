import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Prepared } from '../../src/database.ts';
import type { Engine } from '../../src/engine.ts';
import { NO_PREFERENCE, readPreference } from '../../src/preference.ts';
import type { Revision } from '../../src/revision.ts';
import { type Bed, startBed } from '../support/bed.ts';
import { compileOwnContent } from '../support/functions.ts';

let bed: Bed;
let engine: Engine;
let names: readonly string[];
const read: string[] = [];

/** Every list and report that customers may call is a block of the page, and every statement that is run is counted. */
beforeAll(async () => {
  bed = await startBed();
  const revision = await compileOwnContent(bed.database);
  const prepare = bed.database.prepare.bind(bed.database);
  const counted = (query: Parameters<typeof prepare>[0]): Prepared => {
    const prepared = prepare(query);
    const rows: Prepared['rows'] = (...given) => {
      read.push(query.select);
      return prepared.rows(...given);
    };
    return { ...prepared, rows };
  };
  Object.assign(bed.database, { prepare: counted });
  names = blocksOf(revision).map(({ name }) => name);
  const blocks = blocksOf(revision).map(
    ({ name, type, func }) => `<block name="${name}" position="top" type="${type}" func="${func}"/>`,
  );
  engine = await bed.engine({ 'layouts/billmgr_dashboard_5.xml': `<doc>${blocks.join('')}</doc>` });
});
afterAll(() => bed.stop());

const blocksOf = ({ functions }: Revision) =>
  [...functions.values()]
    .filter(({ type, level, report }) => level(5) && (type === 'list' || report))
    .map(({ name, type }, index) => ({ name: `b${index}`, type, func: name }));

describe('every provider of the catalogue', () => {
  test('is asked when its block is open', async () => {
    const scope = await bed.scopeOf('alice');
    await engine.home(scope, { preference: NO_PREFERENCE });
    expect(names.length).toBeGreaterThan(5);
    expect(new Set(read).size).toBeGreaterThan(5);
  });

  test.each([{ hidden: true }, { folded: true }])('is asked nothing when its block is %o', async (change) => {
    const blocks = Object.fromEntries(names.map((name) => [name, change]));
    const preference = readPreference(JSON.stringify({ moves: [], blocks }));
    const scope = await bed.scopeOf('bob');
    read.length = 0;
    const page = await engine.home(scope, { preference });
    expect(read).toEqual([]);
    expect(String(page.body).includes('is-folded')).toBe('folded' in change);
  });
});
