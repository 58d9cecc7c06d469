/** An access level as the format writes it: `5`, `5 7`, `user+`, `all` (format.md, section 10). */

/** Level names and their numbers; a host application may give its own. */
export type LevelNames = Readonly<Record<string, number>>;

export const levelNames: LevelNames = { nobody: 0, subuser: 4, user: 5, reseller: 6, admin: 7, super: 30 };

/** The same names from generation 5 of the family on, whose levels begin at 16. */
const LATER: LevelNames = { nobody: 0, user: 16, reseller: 24, admin: 29, super: 30 };
const LATER_FROM = 16;

/** The lowest level of the people who run the panel: they see findings, customers do not. */
export const STAFF_LEVEL = 7;

export type LevelTest = (level: number) => boolean;

/** Whether people of a level run the panel. */
export const isStaffLevel = (level: number): boolean =>
  level >= STAFF_LEVEL && (level < LATER_FROM || level >= (LATER.admin ?? 0));

/** The levels of people who run the panel. */
export const STAFF_LEVELS = Array.from({ length: 32 }, (_, level) => level).filter(isStaffLevel);

/** The levels of people who belong to one customer: whatever one of them may call must be scoped to that customer. */
const CUSTOMER_LEVELS = Array.from({ length: 32 }, (_, level) => level).filter(
  (level) => level > 0 && !isStaffLevel(level),
);

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
  const isNumber = /^\d{1,2}$/.test(name);
  const number = isNumber ? Number(name) : Object.hasOwn(names, name) ? names[name] : undefined;
  if (number === undefined || number > 31) return undefined;
  const later = isNumber || !Object.hasOwn(LATER, name) ? number : (LATER[name] ?? number);
  const from = (level: number) => (level < LATER_FROM ? number : later);
  return upwards ? (level) => level >= from(level) : (level) => level === from(level);
}
