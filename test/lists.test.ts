import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../src/engine.ts';
import type { Scope } from '../src/provider.ts';
import { type Bed, startBed } from './support/bed.ts';

let bed: Bed;
let engine: Engine;
let alice: Scope;
/** What was written for the database since it was last looked at. */
const written: string[] = [];

beforeAll(async () => {
  bed = await startBed();
  const { prepare } = bed.database;
  Object.assign(bed.database, {
    prepare(...page: Parameters<typeof prepare>) {
      const prepared = prepare(...page);
      written.push(prepared.statement.sql);
      return prepared;
    },
  });
  engine = await bed.engine();
  alice = await bed.scopeOf('alice');
});
afterAll(() => bed.stop());

async function statementOf(func: string, query = ''): Promise<string> {
  written.length = 0;
  await engine.list(alice, func, new URLSearchParams(query));
  return written.find((sql) => sql.includes('limit')) ?? '';
}

/** How SQLite goes about it, one step a line. */
async function planOf(sql: string): Promise<string> {
  const steps = await bed.database.knex.raw(`explain query plan ${sql.replace(/\?\d*/g, '1')}`);
  return steps.map(({ detail }: { detail: string }) => detail).join('\n');
}

describe('a page of a long list', () => {
  test.each([
    ['payment', 'payment'],
    ['account.history', 'ledger'],
    ['ticket.archive', 'ticket'],
  ])('of %s is read along an index, in its order, and counted along one', async (func, table) => {
    const plan = await planOf(await statementOf(func));
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN (payment|ledger|ticket|account)/);
    expect(
      plan.match(new RegExp(`SEARCH ${table} USING (COVERING )?INDEX \\S+ \\(customer_id=\\?\\)`, 'g')),
    ).toHaveLength(2);
  });

  test('of a state is read along it too', async () => {
    expect(await planOf(await statementOf('payment', 'status=paid&sort=created'))).not.toContain('TEMP B-TREE');
  });
});

describe('a way of asking', () => {
  test('is written for the database once', async () => {
    const query = 'find=a&status=active&sort=name,-cost';
    expect(await statementOf('service', query)).not.toBe('');
    await statementOf('service', `${query}&page=2&rows=10`);
    expect(written).toEqual([]);
    expect(await statementOf('service', 'find=other&status=expired&sort=name,-cost')).toBe('');
  });

  test('never holds what the visitor wrote', async () => {
    expect(await statementOf('service', 'find=CANARY&status=ordered')).not.toMatch(/CANARY/i);
  });
});
