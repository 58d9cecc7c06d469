/** What a source is asked with: its placeholders filled in for who asks and for which rows. */
import { fillIn, type PAGE_PLACEHOLDERS, scopePlaceholders } from '../placeholders.ts';
import type { Scope } from '../provider.ts';
import type { Sent, SourceDescription } from '../source-description.ts';
import type { Call } from './caller.ts';
import type { PageAsked } from './paged.ts';

/** The value of an environment variable. */
export type Secret = (variable: string) => string | undefined;

/** Who asks is somebody about whom the peer cannot be asked, as staff where a customer is wanted: there are no rows. */
export class NobodyAsked extends Error {}

export type Fill = (text: string, secret?: string) => string;

/** Fills in placeholders as they are. */
export function filler({ page, size, sort }: PageAsked, scope: Scope, secrets: Secret, pathOf = plain): Fill {
  const paging: Readonly<Record<(typeof PAGE_PLACEHOLDERS)[number], string>> = {
    limit: String(size),
    offset: String((page - 1) * size),
    page: String(page),
    sort: sort ? pathOf(sort.column) : '',
    order: sort?.descending ? 'desc' : 'asc',
  };
  const meaning = (word: string, secret: string | undefined) => {
    if (word === 'secret') return secretValue(secret, secrets);
    if (Object.hasOwn(paging, word)) return paging[word as keyof typeof paging];
    const value = Object.hasOwn(scopePlaceholders, word) ? scopePlaceholders[word]?.(scope) : undefined;
    // Without it, a peer may take "nobody" for "everybody".
    if (value === undefined || value === null || value === '') throw new NobodyAsked(`There is no value for :${word}`);
    return String(value);
  };
  return (text, secret) => fillIn(text, (word) => meaning(word, secret));
}

const plain = (column: string) => column;

export function secretValue(variable: string | undefined, secrets: Secret): string {
  const value = variable === undefined ? undefined : secrets(variable);
  if (!value) throw new Error(`The environment variable ${variable ?? 'of :secret'} is not set`);
  return value;
}

/** The call of a source that is no panel. */
export function requestOf(source: SourceDescription, fill: Fill): Call {
  const { method, body, timeout } = source;
  const address = addressOf(source.address, fill);
  const sent = source.params.map(({ name, value, secret }): [string, string] => [name, fill(value, secret)]);
  const headers = Object.fromEntries(source.headers.map((one) => [one.name.toLowerCase(), headerValue(one, fill)]));
  if (method === 'GET') {
    for (const [name, value] of sent) address.searchParams.append(name, value);
    return { address, method, headers, timeout };
  }
  const isJson = body === 'json';
  const text = isJson ? JSON.stringify(Object.fromEntries(sent)) : new URLSearchParams(sent).toString();
  const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
  return { address, method, body: text, headers: { ...headers, 'content-type': type }, timeout };
}

/** Every value is encoded; one that would lead to another path is refused. */
export function addressOf(template: string, fill: Fill): URL {
  const filled = fillIn(template, (word) => fill(`:${word}`), encodeURIComponent);
  const path = filled.split(/[?#]/, 1)[0] ?? '';
  if (path.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part))) throw new Error('A value leads to another path');
  return new URL(filled);
}

function headerValue({ value, secret }: Sent, fill: Fill): string {
  const filled = fill(value, secret);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(filled)) throw new Error('A value does not fit into a header');
  return filled;
}
