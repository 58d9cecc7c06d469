import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeep, type Keep, type Shelf } from '../src/keep.ts';

/** A shelf that takes things: an owner has one from the second request on. */
function openShelf(keep: Keep, owner: string, now = 0): Shelf {
  keep.shelf(owner, now);
  return keep.shelf(owner, now);
}

describe('a shelf', () => {
  test('is open from the second request within a minute on', () => {
    const keep = createKeep();
    const isOpen = (now: number) => {
      const shelf = keep.shelf('customer 1', now);
      shelf.put('page', 'kept', now + 1000, now);
      return shelf.get('page', now) === 'kept';
    };
    expect([0, 61_000, 200_000, 210_000].map(isOpen)).toEqual([false, false, false, true]);
  });

  test('gives a thing until its time, and no longer', () => {
    const shelf = openShelf(createKeep(), 'customer 1');
    shelf.put('page', 'kept', 5000, 0);
    expect([0, 4999, 5000, 9000].map((now) => shelf.get('page', now))).toEqual(['kept', 'kept', undefined, undefined]);
  });

  test('keeps what is over at once only for when nothing newer comes', () => {
    const shelf = openShelf(createKeep(), 'customer 1');
    shelf.put('page', 'kept', 1000, 1000);
    shelf.put('older', 'kept', 999, 1000);
    expect(shelf.get('page', 1000)).toBeUndefined();
    expect(shelf.last('page')).toBe('kept');
    expect(shelf.last('older')).toBeUndefined();
  });

  test('is dropped when all are too large together, those of who was away for longest first', () => {
    const keep = createKeep(100, 10_000);
    const shelves = Array.from({ length: 12 }, (_, number) => openShelf(keep, `customer ${number}`));
    for (const shelf of shelves) shelf.put('page', { body: 'x'.repeat(1000), rows: [['a', 1]] }, 5000, 0);
    const isKept = shelves.map((_, number) => keep.shelf(`customer ${number}`, 0).get('page', 0) !== undefined);
    expect(isKept.filter(Boolean)).toHaveLength(9);
    expect(isKept.slice(0, 3)).toEqual([false, false, false]);
  });

  test('does not count what is put anew, or on a dropped shelf, twice', () => {
    const keep = createKeep(100, 10_000);
    const shelf = openShelf(keep, 'customer 1');
    const dropped = openShelf(keep, 'customer 2');
    keep.drop('customer 2');
    for (let time = 0; time < 50; time += 1) {
      shelf.put('page', 'x'.repeat(1000), 5000, 0);
      dropped.put(`page ${time}`, 'x'.repeat(1000), 5000, 0);
    }
    expect(keep.shelf('customer 1', 0).get('page', 0)).toBeDefined();
  });

  test('holds a bounded number of things', () => {
    const shelf = openShelf(createKeep(), 'customer 1');
    const keys = Array.from({ length: 1000 }, (_, number) => `page ${number}`);
    for (const key of keys) shelf.put(key, key, 5000, 0);
    const kept = keys.filter((key) => shelf.get(key, 0) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(32);
    expect(kept).toContain('page 999');
  });
});

describe('the shelves', () => {
  test('are bounded in number', () => {
    const keep = createKeep(10);
    const owners = Array.from({ length: 200 }, (_, number) => `customer ${number}`);
    for (const owner of owners) openShelf(keep, owner).put('page', owner, 5000, 0);
    const kept = owners.filter((owner) => keep.shelf(owner, 0).get('page', 0) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(10);
  });

  test('are their owners’ own', () => {
    const keep = createKeep();
    const owner = fc.constantFrom('customer 1', 'customer 2', 'customer 11', 'user 1', 'user 11');
    const step = fc.record({ owner, key: fc.constantFrom('a', 'b'), isPut: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        for (const { owner, key, isPut } of steps) {
          const shelf = keep.shelf(owner, 0);
          if (isPut) shelf.put(key, `${owner} ${key}`, 5000, 0);
          expect([undefined, `${owner} ${key}`]).toContain(shelf.get(key, 0));
        }
      }),
      { seed: 1 },
    );
  });
});

describe('a write', () => {
  /**
   * A request takes the shelf, reads the rows a while later, and puts what it read a while after that; writes and other
   * requests come in between, in any order.
   */
  const step = fc.record({
    request: fc.nat({ max: 5 }),
    owner: fc.nat({ max: 1 }),
    does: fc.constantFrom('begin', 'read', 'put', 'write'),
  });

  test('is seen by every request that begins after it, whatever others were about to keep', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const keep = createKeep();
        const versions = [0, 0];
        const requests: { shelf?: Shelf; owner: number; read?: number }[] = Array.from({ length: 6 }, () => ({
          owner: 0,
        }));
        for (const [now, { request: number, owner, does }] of steps.entries()) {
          const request = requests[number] ?? { owner };
          if (does === 'begin') {
            const shelf = keep.shelf(`customer ${owner}`, now);
            const kept = shelf.get<number>('page', now);
            if (kept !== undefined) expect(kept).toBe(versions[owner]);
            requests[number] = { shelf, owner };
          }
          if (does === 'read' && request.shelf) request.read = versions[request.owner];
          if (does === 'put' && request.read !== undefined) request.shelf?.put('page', request.read, now + 1000, now);
          if (does === 'write') {
            versions[owner] = (versions[owner] ?? 0) + 1;
            keep.drop(`customer ${owner}`);
          }
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
