/** Finding words in text: "contains", whatever the case of its letters, in any script, and the same in SQL and in code. */

/** Characters at most that are looked for. */
const LONGEST = 100;

/** What a visitor typed, as it is looked for: one line of whole characters, without blanks around it. */
export function readFind(typed: string): string {
  // Half of a surrogate pair becomes the sign for what cannot be read.
  return Buffer.from(typed.slice(0, LONGEST))
    .toString()
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** A regular expression, written so that PostgreSQL and JavaScript read it alike. */
export function findPattern(find: string): string {
  return Array.from(find, (letter) => classOf(letter) ?? letter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')).join('');
}

/** A pattern of SQLite's GLOB: its LIKE knows only Latin letters. */
export function findGlob(find: string): string {
  return `*${Array.from(find, (letter) => classOf(letter) ?? letter.replace(/[*?[]/, '[$&]')).join('')}*`;
}

/** Whether a text contains what is looked for. */
export function finder(find: string): (text: string) => boolean {
  const pattern = new RegExp(findPattern(find), 'u');
  return (text) => pattern.test(text);
}

/** The letter in each case that it has, as a class; undefined for what has no case. */
function classOf(letter: string): string | undefined {
  const upper = letter.toUpperCase();
  const cases = new Set(
    [letter, letter.toLowerCase(), upper, upper.toLowerCase()].filter((one) => Array.from(one).length === 1),
  );
  return cases.size > 1 ? `[${[...cases].join('')}]` : undefined;
}
