/** Which way languages are written, and how text of one keeps its order in the middle of another. */

const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

export function isRightToLeft(language: string): boolean {
  return RIGHT_TO_LEFT.has(language.split('-')[0] ?? '');
}

/** What stands between things that are listed: `, `, and in the script of Arabic `، `. */
export function comma(language: string): string {
  return isRightToLeft(language) && !/^(he|yi)\b/.test(language) ? '\u060c ' : ', ';
}

/** A letter that is written from the right: Hebrew, Arabic and their kin. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** Nothing else, or nothing that has an order. */
const ONLY_FROM_RIGHT = /^(?:[\s\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]*|\d+)$/;

/**
 * A value between invisible marks that keep it together (FSI and PDI of Unicode), where it could mix with the text around
 * it: what is written from the left in a text from the right, and the other way around.
 */
export function isolated(value: string, language: string): string {
  const isSafe = isRightToLeft(language) ? ONLY_FROM_RIGHT.test(value) : !FROM_RIGHT.test(value);
  return isSafe ? value : `\u2068${value}\u2069`;
}
