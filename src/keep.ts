import { LRUCache } from 'lru-cache';
import type { Scope } from './provider.ts';

/** What is kept of one owner (a customer, or a user without one): pages and rows, each until its time. */
export interface Shelf {
  get<T>(key: string, now: number): T | undefined;
  /** The same, even if its time is over: what stands in when nothing newer comes. */
  last<T>(key: string): T | undefined;
  /** Until is a time in milliseconds; what is over at once is kept for `last` alone. */
  put(key: string, value: unknown, until: number, now: number): void;
}

/** The number of a customer, or another name for somebody who is none. */
export type Owner = number | string;

/** Keeps pages and rows per owner, bounded in owners, in things per owner, and in size. */
export interface Keep {
  /**
   * The owner's shelf. It takes things from the second request on: most visitors ask once, and what is kept for them is
   * only work for the garbage collector. What a request puts on a shelf that was dropped meanwhile is never seen again.
   */
  shelf(owner: Owner, now: number): Shelf;
  /** Forgets all of an owner: a write happened. */
  drop(owner: Owner): void;
  /** Forgets all of everybody. */
  clear(): void;
  /** How many owners have a shelf. */
  readonly size: number;
  /** How often a shelf was asked for. */
  readonly asked: number;
}

/** Milliseconds within which an owner must ask again to be given a shelf. */
const AGAIN = 60_000;
const OWNERS = 2000;
const THINGS = 32;
/** Characters of all that is kept; the owners who were away for longest go first. */
const CHARACTERS = 128_000_000;

/** The shelf of somebody who asks for the first time: it takes nothing. */
export const CLOSED: Shelf = { get: () => undefined, last: () => undefined, put() {} };

export function createKeep(owners = OWNERS, characters = CHARACTERS): Keep {
  let held = 0;
  const shelves = new LRUCache<Owner, Holding>({
    max: owners,
    dispose: (shelf) => {
      held -= shelf.size;
      shelf.isDropped = true;
    },
  });
  const grow = (shelf: Holding, by: number) => {
    if (shelf.isDropped) return;
    shelf.size += by;
    held += by;
    while (held > characters && shelves.size > 0) shelves.pop();
  };
  let asked = new Set<Owner>();
  let since = 0;
  let count = 0;
  return {
    get size() {
      return shelves.size;
    },
    get asked() {
      return count;
    },
    clear: () => shelves.clear(),
    shelf(owner, now) {
      count += 1;
      const shelf = shelves.get(owner);
      if (shelf !== undefined) return shelf;
      if (now - since > AGAIN || asked.size > owners * 10) {
        asked = new Set();
        since = now;
      }
      if (!asked.has(owner)) {
        asked.add(owner);
        return CLOSED;
      }
      const opened = createShelf(grow);
      shelves.set(owner, opened);
      return opened;
    },
    drop: (owner) => void shelves.delete(owner),
  };
}

/** A shelf with the characters on it. */
interface Holding extends Shelf {
  size: number;
  isDropped: boolean;
}

function createShelf(grow: (shelf: Holding, by: number) => void): Holding {
  const things = new Map<string, { value: unknown; until: number; size: number }>();
  const shelf: Holding = {
    size: 0,
    isDropped: false,
    get<T>(key: string, now: number) {
      const thing = things.get(key);
      return thing !== undefined && thing.until > now ? (thing.value as T) : undefined;
    },
    last: <T>(key: string) => things.get(key)?.value as T | undefined,
    put(key, value, until, now) {
      if (until < now) return;
      if (things.size >= THINGS) {
        things.clear();
        grow(shelf, -shelf.size);
      }
      const size = sizeOf(value);
      const before = things.get(key)?.size ?? 0;
      things.set(key, { value, until, size });
      grow(shelf, size - before);
    },
  };
  return shelf;
}

/** What a value without parts counts for. */
const SMALL = 8;

/** About how many characters a value holds, with all its parts. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return SMALL + value.length;
  if (typeof value !== 'object' || value === null) return SMALL;
  if (value instanceof Uint8Array) return SMALL + value.length;
  const parts = Array.isArray(value) ? value : value instanceof Map ? value.values() : Object.values(value);
  let size = SMALL;
  for (const part of parts) size += sizeOf(part);
  return size;
}

export function ownerOf({ customer, user }: Scope): Owner {
  return customer ?? `user ${user}`;
}

/** All that rows may depend on, beside what is asked. */
export function audienceKey({ user, customer, level, language, zone }: Scope): string {
  return `${user} ${customer} ${level} ${language} ${zone}`;
}
