/** One place that knows of every change: it empties the shelves, tells the tabs that listen, and the other processes. */
import type { Database } from './database.ts';
import type { Keep, Owner } from './keep.ts';
import { createChangeFeed } from './store/index.ts';

export interface Changes {
  /** A write changed what an owner is shown: the next request of it sees it, in each process. */
  changed(owner: Owner): void;
  /** Calls the listener after each change of the owner, at once when there was one within so many milliseconds. */
  listen(owner: Owner, listening: Listening): () => void;
  close(): Promise<void>;
}

export interface Listening {
  readonly within: number;
  onChange(): void;
}

export interface ChangesContext {
  readonly database: Database;
  readonly keep: Keep;
  readonly origin: string;
  readonly onFailure: (error: unknown) => void;
}

/** Owners whose last change is remembered. */
const REMEMBERED = 10_000;
/** Times that nobody asked anything of a shelf, at each look at what others told, before the shelves are given up. */
const IDLE = 120;

export function createChanges({ database, keep, origin, onFailure }: ChangesContext): Changes {
  const listeners = new Map<Owner, Set<() => void>>();
  const last = createLast();

  const here = (owner?: Owner) => {
    last.note(owner);
    if (owner === undefined) keep.clear();
    else keep.drop(owner);
    const told = owner === undefined ? [...listeners.values()] : [listeners.get(owner) ?? []];
    for (const each of told.flatMap((some) => [...some])) each();
  };

  let asked = 0;
  let idle = 0;
  /** What is on shelves that nobody asks is given up rather than kept current. */
  const isWanted = () => {
    if (listeners.size > 0) return true;
    if (keep.size === 0) return false;
    idle = keep.asked === asked ? idle + 1 : 0;
    asked = keep.asked;
    if (idle >= IDLE) keep.clear();
    return idle < IDLE;
  };

  const feed = createChangeFeed(database, { origin, onChange: here, isWanted, onFailure });
  return {
    changed(owner) {
      here(owner);
      feed.tell(owner);
    },
    listen(owner, { within, onChange }) {
      const known = listeners.get(owner) ?? new Set();
      listeners.set(owner, known.add(onChange));
      if (last.isWithin(owner, within)) onChange();
      return () => {
        known.delete(onChange);
        if (known.size === 0 && listeners.get(owner) === known) listeners.delete(owner);
      };
    },
    close: () => feed.stop(),
  };
}

/** When each owner's rows were changed last; who is not remembered may have been until the time of the last forgotten. */
function createLast() {
  const times = new Map<Owner, number>();
  let forgotten = performance.now();
  return {
    note(owner: Owner | undefined) {
      const now = performance.now();
      if (owner === undefined) {
        times.clear();
        forgotten = now;
        return;
      }
      times.delete(owner);
      times.set(owner, now);
      const [oldest] = times.size > REMEMBERED ? times : [];
      if (oldest === undefined) return;
      forgotten = oldest[1];
      times.delete(oldest[0]);
    },
    isWithin: (owner: Owner, ms: number) => (times.get(owner) ?? forgotten) >= performance.now() - ms,
  };
}
