/** Loads the bands of a report, adds up what is to be added up, and has their charts drawn. */

import type { BoundBand, BoundDiagram } from '../bound-band.ts';
import type { ChartData, Figure } from '../charts/index.ts';
import type { Deadline } from '../deadline.ts';
import { comma } from '../direction.ts';
import type { Formats } from '../formats.ts';
import type { BoundColumn, BoundList } from '../list.ts';
import type { Column, Given, Row, Scope } from '../provider.ts';
import { MOST_ROWS } from '../report-description.ts';
import { type Drawn, load, type OnFailure, type Outcome, type Ready } from './load.ts';

/** What is wanted of a band, and until when. */
export interface WantedBand {
  readonly band: BoundBand & { readonly list: BoundList };
  /** Under which name a failure is logged, and which the ids of figures begin with. */
  readonly name: string;
  readonly given: Given;
  readonly deadline: Deadline;
  readonly words: BandWords;
}

/** The texts and numbers of a language. */
export interface BandWords {
  readonly formats: Formats;
  /** A text of the report. */
  message(key: string): string | undefined;
  /** A text of the group `page`. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
}

/** Loads one band with its sums and figures. */
export async function loadBand(wanted: WantedBand, scope: Scope, onFailure: OnFailure): Promise<Outcome> {
  const { band, name, given, deadline } = wanted;
  const window = { limit: undefined, offset: 0, given };
  const outcome = await load({ name, list: band.list, window, deadline }, scope, onFailure);
  return outcome.state === 'ready' ? drawOrFail({ ...wanted, rows: outcome.rows }, onFailure) : outcome;
}

/** The outcome of a band whose rows are known; one that cannot be drawn fails alone. */
export async function drawOrFail(
  { band, rows, name, words }: Drawing & { readonly band: WantedBand['band']; readonly rows: readonly Row[] },
  onFailure: OnFailure,
): Promise<Outcome> {
  try {
    return await drawBand(band, rows, { name, words });
  } catch (error) {
    return { state: 'failed', incident: onFailure({ name, func: band.func, error, isForeign: false }) };
  }
}

type Drawing = Pick<WantedBand, 'name' | 'words'>;

async function drawBand(band: WantedBand['band'], all: readonly Row[], { name, words }: Drawing): Promise<Ready> {
  const isCut = all.length > MOST_ROWS;
  const rows = isCut ? all.slice(0, MOST_ROWS) : all;
  const wanted = isCut || rows.length === 0 ? [] : band.diagrams;
  const { draw } = wanted.length > 0 ? await import('../charts/index.ts') : { draw: undefined };
  const figures = wanted.map((diagram) => {
    const parts = draw ? chartsOf(diagram, band.list, rows, words) : [];
    const drawn = parts.map(({ title, caption, data }, at): Figure => {
      const id = `${name}-${diagram.name}${parts.length > 1 ? `-${at + 1}` : ''}`;
      return { id, title, caption, about: aboutOf(data, words), ...(draw as NonNullable<typeof draw>)(data) };
    });
    return [diagram.name, drawn] as const;
  });
  const sums = isCut ? new Map() : sumsOf(band, rows, words);
  return { state: 'ready', rows, total: rows.length, drawn: { figures: new Map(figures), sums, isCut } };
}

/** A chart for each currency: amounts in different ones are never in one picture. */
function chartsOf({ name, type, label, data }: BoundDiagram, list: BoundList, rows: readonly Row[], words: BandWords) {
  const { message, formats } = words;
  const columns = data.map((column) => ({ column, at: list.index(column.name) }));
  const currencies = currencyIndex(data, list);
  const groups = currencies < 0 ? new Map([['', rows]]) : groupBy(rows, (row) => String(row[currencies] ?? ''));
  const titleOf = (column: Column) => message(column.name) ?? column.name;
  const title = message(name) ?? data.map(titleOf).join(comma(formats.language));
  const keyAt = list.index(label.name);
  const caption = captionOf(label, list, words);
  const keys = rows.map((row) => String(row[keyAt] ?? '')).sort();
  const sortedGroups = [...groups].sort(bySize);
  return sortedGroups.map(([currency, own]) => {
    const chart: ChartData = {
      type,
      points: own.map((row) => ({
        key: String(row[keyAt] ?? ''),
        ...caption(row),
        values: columns.map(({ at }) => Number(row[at] ?? 0)),
      })),
      span: groups.size > 1 ? [keys[0] ?? '', keys.at(-1) ?? ''] : undefined,
      name: (key) => nameInTime(key, formats),
      series: data.map(titleOf),
      full: (value) => (currency ? formats.money(value, currency) : formats.number(value)),
      brief: (value) => (currency ? formats.compact(value, currency) : formats.number(value)),
      share: formats.share,
      others: words.text('chart_others'),
    };
    const isOne = groups.size === 1;
    return {
      title: isOne ? title : title + comma(formats.language) + currency,
      caption: isOne ? title : currency,
      data: chart,
    };
  });
}

/** Where the currency of amounts stands in a row; -1 when the columns are no amounts. */
export function currencyIndex(columns: readonly Column[], list: BoundList): number {
  const [money] = columns.filter(({ type }) => type === 'money' || type === 'change');
  return money ? list.index(money.currency ?? 'currency') : -1;
}

function groupBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** The currency of most rows first. */
function bySize([a, own]: [string, readonly Row[]], [b, others]: [string, readonly Row[]]): number {
  return others.length - own.length || (a < b ? -1 : 1);
}

/** The caption of a row, as the cell of its column says it. */
function captionOf(label: Column, list: BoundList, { message, formats }: BandWords) {
  const at = list.index(label.name);
  const bound = list.columns.find(({ name }) => name === label.name);
  const cell = bound && cellOf(bound, list, message);
  return (row: Row) => {
    const key = String(row[at] ?? '');
    if (MONTH_OR_DAY.test(key)) return nameInTime(key, formats);
    const text = cell?.text(row, formats, new Date(0)) ?? message(`${label.name}_${key}`) ?? key;
    return { label: text, short: text };
  };
}

const MONTH_OR_DAY = /^\d{4}-\d\d(-\d\d)?$/;

function nameInTime(key: string, formats: Formats) {
  if (key.length === 7) return { label: formats.date(key), short: formats.month(key, 'short') };
  const label = formats.date(key);
  return { label, short: key.length === 10 ? String(Number(key.slice(8))) : key };
}

function cellOf(column: BoundColumn, list: BoundList, message: BandWords['message']) {
  return column.kind.cell({ column, at: column.at, index: list.index, message });
}

/** The chart in words: how much there is of it, and its ends. */
function aboutOf({ points, series, full }: ChartData, { text, formats }: BandWords): string {
  if (series.length > 1)
    return text('chart_about_series', { count: points.length, series: series.join(comma(formats.language)) });
  const sorted = [...points].sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0));
  const [least, most] = [sorted[0], sorted.at(-1)];
  const value = (point: typeof least) => full(point?.values[0] ?? 0);
  return text('chart_about', {
    count: points.length,
    most: most?.label ?? '',
    most_value: value(most),
    least: least?.label ?? '',
    least_value: value(least),
  });
}

/** What stands in the last line of the table. */
function sumsOf({ list, totals }: WantedBand['band'], rows: readonly Row[], { formats }: BandWords): Drawn['sums'] {
  return new Map(
    [...totals].map(([name, how]): [string, readonly string[]] => {
      const column = list.columns.find((one) => one.name === name);
      const at = list.index(name);
      if (how === 'count') return [name, [formats.number(rows.filter((row) => row[at] !== null).length)]];
      const currencies = column ? currencyIndex([column], list) : -1;
      const groups = groupBy(rows, (row) => (currencies < 0 ? '' : String(row[currencies] ?? '')));
      const sums = [...groups].sort(bySize).map(([currency, own]) => {
        const sum = own.reduce((whole, row) => whole + Number(row[at] ?? 0), 0);
        return currencies < 0 ? formats.number(sum) : formats.money(sum, currency);
      });
      return [name, sums];
    }),
  );
}
