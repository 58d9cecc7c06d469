import { distance } from 'fastest-levenshtein';

const shown = 12;

/** Hint text for a word that is not known: the nearest name first, then the known names, a long list shortened. */
export function suggest(word: string, known: Iterable<string>): string {
  const names = [...new Set(known)].sort();
  const best = nearest(word, names);
  const question = best === undefined ? [] : [`Did you mean "${best}"?`];
  return [...question, ...listOf(names)].join(' ');
}

/** The known name that `word` was most likely meant to be, if one is near enough; case hardly matters. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of known) {
    if (Math.abs(name.length - word.length) > limit) continue;
    const changes = distance(lower, name.toLowerCase());
    // With every letter changed nothing speaks for the name.
    if (changes > limit || changes >= word.length || changes >= least) continue;
    best = name;
    least = changes;
  }
  return best;
}

function listOf(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  if (names.length <= shown) return [`Known: ${names.join(', ')}.`];
  const first = names.slice(0, shown - 2);
  return [`Known: ${first.join(', ')} and ${names.length - first.length} more.`];
}
