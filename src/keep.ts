import { LRUCache } from 'lru-cache';

/** What is kept of one owner (a customer, or a user without one): pages and rows, each until its time. */
export interface Shelf {
  get<T>(key: string, now: number): T | undefined;
  /** Until is a time in milliseconds; a time that is not after now keeps nothing. */
  put(key: string, value: unknown, until: number, now: number): void;
}

/** Keeps pages and rows per owner, bounded in owners and in things per owner. */
export interface Keep {
  /** The owner's shelf; what a request puts on a shelf that was dropped meanwhile is never seen again. */
  shelf(owner: string): Shelf;
  /** Forgets all of an owner: a write happened. */
  drop(owner: string): void;
  clear(): void;
}

const OWNERS = 2000;
const THINGS = 32;

export function createKeep(owners = OWNERS): Keep {
  const shelves = new LRUCache<string, Shelf>({ max: owners });
  return {
    shelf(owner) {
      let shelf = shelves.get(owner);
      if (shelf === undefined) shelves.set(owner, (shelf = createShelf()));
      return shelf;
    },
    drop: (owner) => void shelves.delete(owner),
    clear: () => shelves.clear(),
  };
}

function createShelf(): Shelf {
  const things = new Map<string, { value: unknown; until: number }>();
  return {
    get<T>(key: string, now: number) {
      const thing = things.get(key);
      return thing !== undefined && thing.until > now ? (thing.value as T) : undefined;
    },
    put(key, value, until, now) {
      if (until <= now) return;
      if (things.size >= THINGS) things.clear();
      things.set(key, { value, until });
    },
  };
}
