/** Slips of the hand: letters that are swapped, missing, doubled or others. */

export type Random = () => number;

/** Numbers that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(things: readonly T[], random: Random): T | undefined =>
  things[Math.floor(random() * things.length)];

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A word with one slip in it, or two when it is long enough to bear them; never the word itself. */
export function slipIn(word: string, random: Random): string | undefined {
  if (word.length < 3) return undefined;
  const count = word.length >= 6 && random() < 0.35 ? 2 : 1;
  let slipped = word;
  for (let done = 0; done < count; done++) slipped = oneSlip(slipped, random);
  return slipped === word || !/^[A-Za-z_]/.test(slipped) ? undefined : slipped;
}

function oneSlip(word: string, random: Random): string {
  const at = Math.floor(random() * word.length);
  const letter = LETTERS[Math.floor(random() * LETTERS.length)] ?? 'x';
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  switch (Math.floor(random() * 4)) {
    case 0:
      return before + after;
    case 1:
      return `${before}${word[at]}${letter}${after}`;
    case 2:
      return before + letter + after;
    default:
      return at + 1 < word.length ? `${before}${word[at + 1]}${word[at]}${word.slice(at + 2)}` : before;
  }
}
