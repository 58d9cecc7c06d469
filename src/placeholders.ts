/** Placeholders `:name` in what a source is asked with: found, and filled in. */
import type { Scope } from './provider.ts';
import { scopeParameters } from './query.ts';

export interface Placeholder {
  readonly word: string;
  /** UTF-16 offset of its colon. */
  readonly at: number;
}

const PLACEHOLDER = /:([A-Za-z_]\w*)/g;
/** Scheme, user, host and port of an address. */
const AUTHORITY = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/;

/** The placeholders of a text; in an address, those behind its host. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  const start = AUTHORITY.exec(text)?.[0].length ?? 0;
  return [...text.matchAll(PLACEHOLDER)]
    .map(({ 1: word = '', index }) => ({ word, at: index }))
    .filter(({ at }) => at >= start);
}

/** The text with its placeholders filled in by `meaning`, each as `encode` writes it. */
export function fillIn(text: string, meaning: (word: string) => string, encode = (value: string) => value): string {
  const start = AUTHORITY.exec(text)?.[0] ?? '';
  return start + text.slice(start.length).replace(PLACEHOLDER, (_, word: string) => encode(meaning(word)));
}

/** What a placeholder may stand for that follows from who asks. */
export const scopePlaceholders: Readonly<Record<string, (scope: Scope) => string | number | boolean | null>> = {
  ...scopeParameters,
  login: (scope) => scope.login,
};

/** What it may stand for that follows from which rows are asked for: how many, the first (from 0), its page (from 1), by what they are sorted, and which way. */
export const PAGE_PLACEHOLDERS = ['limit', 'offset', 'page', 'sort', 'order'] as const;

/** The placeholders that bind what is asked to one customer. */
export const BINDING: readonly string[] = ['customer', 'user', 'login'];
