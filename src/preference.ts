/** What a visitor changed about the own page: a small difference from the layout, by the names of blocks. */
import { hash } from 'node:crypto';
import type { Move } from './order.ts';

export interface Preference {
  /** Tells one preference from another. */
  readonly identity: string;
  /** Blocks that stand elsewhere than in the layout. */
  readonly moves: readonly Move[];
  readonly blocks: ReadonlyMap<string, BlockPreference>;
}

/** What is missing is as the layout has it. */
export interface BlockPreference {
  readonly hidden?: boolean | undefined;
  readonly folded?: boolean | undefined;
  /** Seconds after which an open page asks for it anew; 0 for never. */
  readonly refresh?: number | undefined;
  /** Quick buttons that are not shown. */
  readonly off?: readonly string[] | undefined;
  /** Quick buttons that stand elsewhere. */
  readonly moves?: readonly Move[] | undefined;
  /** What was there when it was folded. */
  readonly known?: Known | undefined;
}

/** What the heading of a folded block tells. */
export interface Known {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly count: number;
  /** The worst of its states: a prop of a column, and how many of the rows have it where all were seen. */
  readonly state?: KnownState | undefined;
}

export interface KnownState {
  readonly column: string;
  readonly prop: string;
  readonly value?: string | undefined;
  readonly rows?: number | undefined;
}

/** Seconds that a visitor may choose; 0 is never. */
export const REFRESHES = [0, 30, 60, 300, 900] as const;

export const NO_PREFERENCE: Preference = { identity: '', moves: [], blocks: new Map() };

/** As many characters as a preference may have when it is stored. */
export const LONGEST = 16_000;

const MOST = 1000;
const read = new Map<string, Preference>();

/** A stored preference; what of it cannot be read is left out. Equal texts give the same object. */
export function readPreference(text: string | null | undefined): Preference {
  if (!text) return NO_PREFERENCE;
  let preference = read.get(text);
  if (preference === undefined) {
    if (read.size >= MOST) read.clear();
    read.set(text, (preference = parse(text)));
  }
  return preference;
}

/** The text of a preference to store; null when nothing is changed. */
export function writePreference({ moves, blocks }: Omit<Preference, 'identity'>): string | null {
  const kept = [...blocks].filter(([, block]) => Object.values(block).some((value) => value !== undefined));
  if (moves.length === 0 && kept.length === 0) return null;
  return JSON.stringify({ moves: moves.map(writeMove), blocks: Object.fromEntries(kept.map(writeBlock)) });
}

const writeMove = ({ name, to, after }: Move) => [name, to, after];
const writeBlock = ([name, block]: [string, BlockPreference]) =>
  [name, { ...block, moves: block.moves?.map(writeMove) }] as const;

function parse(text: string): Preference {
  const all = objectOf(text.length > LONGEST ? '' : parsed(text));
  const blocks = Object.entries(objectOf(all.blocks)).map(
    ([name, block]) => [name, readBlock(objectOf(block))] as const,
  );
  return {
    identity: hash('sha256', text, 'base64url').slice(0, 16),
    moves: readMoves(all.moves),
    blocks: new Map(blocks),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readBlock({ hidden, folded, refresh, off, moves, known }: Fields): BlockPreference {
  const links = readMoves(moves);
  return {
    ...(hidden === true && { hidden }),
    ...(typeof folded === 'boolean' && { folded }),
    ...(isCount(refresh) && { refresh }),
    ...(isNames(off) && off.length > 0 && { off }),
    ...(links.length > 0 && { moves: links }),
    ...(known !== undefined && { known: readKnown(objectOf(known)) }),
  };
}

function readKnown({ at, count, state }: Fields): Known | undefined {
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || !isCount(count)) return undefined;
  const { column, prop, value, rows } = objectOf(state);
  if (typeof column !== 'string' || typeof prop !== 'string') return { at, count };
  const more = { ...(typeof value === 'string' && { value }), ...(isCount(rows) && { rows }) };
  return { at, count, state: { column, prop, ...more } };
}

function readMoves(moves: unknown): Move[] {
  const all: unknown[] = Array.isArray(moves) ? moves : [];
  const known = new Set<string>();
  return all.flatMap((move): Move[] => {
    const [name, to, after] = Array.isArray(move) ? (move as unknown[]) : [];
    if (typeof name !== 'string' || typeof to !== 'string' || !isNames(after) || known.has(name)) return [];
    known.add(name);
    return [{ name, to, after }];
  });
}

type Fields = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');
