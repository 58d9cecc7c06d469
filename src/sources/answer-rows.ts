/** Rows out of the JSON that a peer answered: only the fields that were asked for, as a provider gives them. */
import { digitsOf } from '../formats.ts';
import { momentOf } from '../moments.ts';
import type { Value } from '../provider.ts';
import type { SourceDescription, ValuePlace } from '../source-description.ts';
import type { Named } from './code.ts';

/** Rows of a list from a peer: more are neither sorted nor counted here. */
export const MOST_ROWS = 5000;

/** What stands at a path such as `data.items`; undefined when there is nothing. */
export function at(json: unknown, path: string | undefined): unknown {
  let found = json;
  for (const step of path?.split('.') ?? []) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return found;
}

/** Reads one row; `customer` is the one it was asked for. */
export type ReadRow = (row: unknown, customer: Value) => Named;

/** How the fields of rows are read. */
export function rowReader({ values, owner }: SourceDescription, fields: readonly string[]): ReadRow {
  const places = fields.map((field) => values.find(({ name }) => name === field) ?? plainly(field));
  const currencies = new Map(values.map(({ name, path }) => [name, path]));
  return (row, customer) => {
    const named = Object.fromEntries(
      places.map(({ name, path, as, currency }) => {
        const found = at(row, path);
        if (as !== 'money') return [name, as === undefined ? plainValue(found) : CONVERTED[as](found)];
        return [name, minorUnits(found, at(row, currencies.get(currency) ?? currency))];
      }),
    );
    if (owner.field === undefined) return named;
    const whose = owner.path === undefined ? customer : ownerIn(at(row, owner.path));
    return { ...named, [owner.field]: whose };
  };
}

const plainly = (name: string): ValuePlace => ({ name, path: name, as: undefined, currency: 'currency' });

/** A list of values is the JSON of it, as a column of lists takes it; a thing with parts is no value. */
function plainValue(found: unknown): Value {
  if (typeof found === 'string' || typeof found === 'boolean') return found;
  if (typeof found === 'number') return Number.isFinite(found) ? found : null;
  return Array.isArray(found) ? JSON.stringify(found) : null;
}

/** Customers have numbers here, whether a peer writes them as text or not. */
function ownerIn(found: unknown): Value {
  const value = plainValue(found);
  if (value === '') return null;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

const CONVERTED = { moment, flag } as const;

function flag(found: unknown): Value {
  return /^(true|on|yes|1)$/i.test(String(found)) ? 'on' : 'off';
}

/** A date stays one; seconds, and a time without a zone, are a moment in UTC. */
function moment(found: unknown): Value {
  if (typeof found !== 'string' && typeof found !== 'number') return null;
  const text = String(found).trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const isSeconds = /^\d{1,11}$/.test(text);
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const time = isSeconds ? Number(text) * 1000 : Date.parse(text.replace(' ', 'T') + (hasZone ? '' : 'Z'));
  return Number.isNaN(time) ? null : momentOf(time);
}

const AMOUNT = /^[^\d-]*(-?\d+(?:[.,]\d+)?)[^\d]*$/;

function minorUnits(found: unknown, currency: unknown): Value {
  const [, amount] = AMOUNT.exec(String(found ?? '').replace(/[\s\u00a0]/g, '')) ?? [];
  if (amount === undefined) return null;
  const digits = typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? digitsOf(currency) : 2;
  return Math.round(Number(amount.replace(',', '.')) * 10 ** digits);
}
