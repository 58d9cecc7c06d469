/**
 * The order of named things in several places (regions of a page, or one toolbar): as it is given, and with moves on top.
 * A move names the neighbours before it, so that things that come, go or change around it do not matter.
 */

export interface Thing {
  readonly name: string;
  readonly place: string;
  /** Whether it stays where it is: the n-th of its place. */
  readonly isFixed: boolean;
}

export interface Move {
  readonly name: string;
  readonly to: string;
  /** The names before it, the nearest first; the first one that is there counts. None: it is the first. */
  readonly after: readonly string[];
}

/** How many neighbours a move remembers. */
const NEIGHBOURS = 3;

/** As many moves of things that are not there as are remembered. */
const MOST_ABSENT = 50;

/** Place → names in their order. `places` are all that there are; a move to another is ignored. */
export type Order = ReadonlyMap<string, readonly string[]>;

/** The things with moves applied. A fixed thing is the n-th of its place, as before, or the last when there are fewer. */
export function ordered(things: readonly Thing[], moves: readonly Move[], places: readonly string[]): Order {
  const order = movable(things, moves, places);
  const before = new Map<string, number>();
  for (const { name, place, isFixed } of things) {
    const index = before.get(place) ?? 0;
    before.set(place, index + 1);
    const list = order.get(place);
    if (isFixed && list) list.splice(index, 0, name);
  }
  return order;
}

/** The order of what is not fixed. */
export function movable(
  things: readonly Thing[],
  moves: readonly Move[],
  places: readonly string[],
): Map<string, string[]> {
  const free = things.filter(({ isFixed }) => !isFixed);
  const names = new Set(free.map(({ name }) => name));
  const live = moves.filter(({ name, to }) => names.has(name) && places.includes(to));
  const moved = new Set(live.map(({ name }) => name));
  const order = new Map<string, string[]>(places.map((place) => [place, []]));
  for (const { name, place } of free) if (!moved.has(name)) order.get(place)?.push(name);
  for (const { name, to, after } of live) {
    const list = order.get(to) ?? [];
    const anchor = after.find((one) => list.includes(one));
    const index = anchor === undefined ? (after.length === 0 ? 0 : list.length) : list.indexOf(anchor) + 1;
    list.splice(index, 0, name);
  }
  return order;
}

/**
 * The fewest moves by which things that are not fixed come into that order, those before being the first choice for what
 * moves. Moves of things that are not there now stay.
 */
export function movesTo(things: readonly Thing[], wanted: Order, before: readonly Move[]): Move[] {
  const free = new Map(
    things.filter(({ isFixed }) => !isFixed).map((thing, index) => [thing.name, { ...thing, index }]),
  );
  const touched = new Set(before.map(({ name }) => name));
  const moves: Move[] = [];
  for (const [place, names] of wanted) {
    const stays = longestRun(
      names.flatMap((name) => {
        const thing = free.get(name);
        return thing?.place === place
          ? [{ name, index: thing.index, weight: names.length + (touched.has(name) ? 0 : 1) }]
          : [];
      }),
    );
    for (const [index, name] of names.entries()) {
      if (stays.has(name)) continue;
      moves.push({ name, to: place, after: names.slice(Math.max(0, index - NEIGHBOURS), index).reverse() });
    }
  }
  return [...moves, ...before.filter(({ name }) => !free.has(name)).slice(-MOST_ABSENT)];
}

interface Step {
  readonly name: string;
  readonly index: number;
  readonly weight: number;
}

/** The names of the heaviest run of steps whose indexes rise. */
function longestRun(steps: readonly Step[]): Set<string> {
  const best: { weight: number; from: number }[] = [];
  let last = -1;
  for (const [at, step] of steps.entries()) {
    let found = { weight: step.weight, from: -1 };
    for (let from = 0; from < at; from += 1) {
      const weight = (best[from]?.weight ?? 0) + step.weight;
      if ((steps[from]?.index ?? 0) < step.index && weight > found.weight) found = { weight, from };
    }
    best.push(found);
    if (last < 0 || found.weight > (best[last]?.weight ?? 0)) last = at;
  }
  const run = new Set<string>();
  for (let at = last; at >= 0; at = best[at]?.from ?? -1) run.add(steps[at]?.name ?? '');
  return run;
}
