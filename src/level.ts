/** An access level as the format writes it: `5`, `5 7`, `user+`, `all` (format.md, section 10). */

/** Level names and their numbers; a host application may give its own. */
export type LevelNames = Readonly<Record<string, number>>;

export const levelNames: LevelNames = { nobody: 0, subuser: 4, user: 5, reseller: 6, admin: 7 };

/** The lowest level of the people who run the panel: they see findings, customers do not. */
export const STAFF_LEVEL = 7;

export type LevelTest = (level: number) => boolean;

/** The levels of people who belong to one customer: whatever one of them may call must be scoped to that customer. */
const CUSTOMER_LEVELS = Array.from({ length: STAFF_LEVEL - 1 }, (_, index) => index + 1);

/** Whether anybody who belongs to a customer is let in. */
export const includesCustomers = (test: LevelTest): boolean => CUSTOMER_LEVELS.some(test);

/** A `level` attribute that `check` has passed; text that is no level lets nobody in. */
export function levelTest(text: string | undefined): LevelTest {
  return readLevel(text) ?? (() => false);
}

/** Reads a `level` attribute; undefined when a word in it is no level. Missing text means everybody. */
export function readLevel(text: string | undefined, names: LevelNames = levelNames): LevelTest | undefined {
  if (text === undefined) return () => true;
  const tests = text
    .trim()
    .split(/\s+/)
    .map((word) => readWord(word, names));
  if (tests.some((test) => test === undefined)) return undefined;
  return (level) => tests.some((test) => test?.(level));
}

function readWord(word: string, names: LevelNames): LevelTest | undefined {
  if (word === 'all') return () => true;
  if (word === 'registered') return (level) => level > 0;
  const upwards = word.endsWith('+');
  const name = upwards ? word.slice(0, -1) : word;
  const known = Object.hasOwn(names, name) ? names[name] : undefined;
  const number = /^\d{1,2}$/.test(name) ? Number(name) : known;
  if (number === undefined || number > 31) return undefined;
  return upwards ? (level) => level >= number : (level) => level === number;
}
