import { distance } from 'fastest-levenshtein';

const shown = 12;

/** Hint text for a word that is not known: the nearest name first, then the known names, a long list shortened. */
export function suggest(word: string, known: Iterable<string>): string {
  const names = [...new Set(known)].sort();
  return [...question(nearest(word, names)), ...listOf(names)].join(' ');
}

/** The question whether a name was meant, if there is one. */
export function question(name: string | undefined): string[] {
  return name === undefined ? [] : [`Did you mean "${name}"?`];
}

/**
 * The known name that `word` was most likely meant to be, if one is near enough; case hardly matters. Two letters that are
 * swapped are one slip. Of several that are as near, it is one with the same letters at its beginning.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const limit = word.length < 4 ? 1 : word.length < 9 ? 2 : 3;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  let most = -1;
  for (const name of known) {
    if (Math.abs(name.length - word.length) > limit) continue;
    const other = name.toLowerCase();
    // A swap counts twice there.
    const letters = distance(lower, other);
    if (letters > 2 * limit) continue;
    const changes = letters < 2 ? letters : slips(lower, other);
    // With every letter changed nothing speaks for the name.
    if (changes > limit || changes >= word.length || changes > least || isFarFetched(lower, other, changes)) continue;
    const begun = commonStart(lower, other);
    if (changes === least && begun <= most) continue;
    [best, least, most] = [name, changes, begun];
  }
  return best;
}

/** The one known name that is near to `word`; undefined when none is, or several are. */
export function onlyNear(word: string, known: Iterable<string>): string | undefined {
  let only: string | undefined;
  for (const name of new Set(known)) {
    if (nearest(word, [name]) === undefined) continue;
    if (only !== undefined) return undefined;
    only = name;
  }
  return only;
}

/** Half of a short word is changed, and it begins and ends otherwise. */
function isFarFetched(word: string, name: string, changes: number): boolean {
  return changes * 2 >= word.length && changes > 1 && word[0] !== name[0] && word.at(-1) !== name.at(-1);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Letters to change, add, take away or swap with the next one, so that `a` becomes `b` (optimal string alignment). */
function slips(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row.push(least);
    }
    older = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

function listOf(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  if (names.length <= shown) return [`Known: ${names.join(', ')}.`];
  const first = names.slice(0, shown - 2);
  return [`Known: ${first.join(', ')} and ${names.length - first.length} more.`];
}
