/** What a `<query>` says, read without a database: its parameters, its verb, and whether it is one statement that only reads. */
import { momentOf } from './moments.ts';
import type { Given, Scope, Value } from './provider.ts';

export interface QueryWord {
  readonly word: string;
  /** UTF-16 offset into the query's text. */
  readonly at: number;
}

export interface QueryOutline {
  readonly parameters: readonly QueryWord[];
  /** The first word that writes or changes something, where there is one. */
  readonly writing: QueryWord | undefined;
  /** A `;` with something behind it. */
  readonly second: QueryWord | undefined;
  readonly verb: QueryWord | undefined;
}

const WRITING = new Set(
  'insert update delete replace create drop alter truncate attach detach pragma vacuum reindex grant revoke begin commit'.split(
    ' ',
  ),
);
const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([A-Za-z_]\w*)|([A-Za-z_]\w*)(\s*\()?|;/g;

export function outlineQuery(text: string): QueryOutline {
  const parameters: QueryWord[] = [];
  let writing: QueryWord | undefined;
  let verb: QueryWord | undefined;
  let second: QueryWord | undefined;
  let ended = false;
  for (const match of withParameters(text).matchAll(TOKEN)) {
    const [token, parameter, word, call] = match;
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    if (ended) second ??= { word: token, at: match.index };
    if (token === ';') ended = true;
    if (parameter) parameters.push({ word: parameter, at: match.index });
    if (!word) continue;
    const found = { word, at: match.index };
    verb ??= found;
    // A function may share its name with a statement: replace(name, 'a', 'b') only reads.
    if (!call && WRITING.has(word.toLowerCase())) writing ??= found;
  }
  return { parameters, writing, second, verb };
}

/** What the engine fills in for each parameter a query may use. */
export const scopeParameters: Readonly<Record<string, (scope: Scope) => Value>> = {
  customer: (scope) => scope.customer,
  user: (scope) => scope.user,
  level: (scope) => scope.level,
  language: (scope) => scope.language,
  today: (scope) => dayIn(scope.zone, scope.now),
  now: (scope) => momentOf(scope.now),
};

/** The values for a scope of the parameters that a SELECT of ours uses. */
export function scopeIn(select: string, scope: Scope): Record<string, Value> {
  const used = Object.entries(scopeParameters).filter(([name]) => select.includes(`:${name}`));
  return Object.fromEntries(used.map(([name, value]) => [name, value(scope)]));
}

/** The values of `parameters` for a scope; what a visitor gave stands behind what the engine fills in, never before it. */
export function scopeValues(parameters: readonly string[], scope: Scope, given: Given = {}): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const name of parameters) {
    const ofScope = Object.hasOwn(scopeParameters, name) ? scopeParameters[name] : undefined;
    values[name] = ofScope ? ofScope(scope) : Object.hasOwn(given, name) ? (given[name] ?? null) : null;
  }
  return values;
}

const BRACKETS =
  /'(\[\[\w+(?:\.\w+)?\]\])'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(\[\[\w+(?:\.\w+)?\]\])/g;

/**
 * A query of the family with its `[[name]]`, quoted or not, as parameters `:name`; one of an outer band, `[[band.field]]`, is
 * `:band__field`. Nothing else moves: what stands behind keeps its place.
 */
export function withParameters(text: string): string {
  return text.replace(BRACKETS, (whole, quoted?: string, bare?: string) => {
    const name = quoted ?? bare;
    if (name === undefined) return whole;
    return `:${name.slice(2, -2).replace('.', '__')}`.padEnd(whole.length);
  });
}

const calendars = new Map<string, Intl.DateTimeFormat>();

function dayIn(zone: string, now: Date): string {
  let calendar = calendars.get(zone);
  if (calendar === undefined) {
    calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    calendars.set(zone, calendar);
  }
  return calendar.format(now);
}
