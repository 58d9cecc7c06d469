/** The bands of a report with their inner ones: rows that belong to a row of the outer band stand under it. */

import type { BoundBand } from '../bound-band.ts';
import type { Deadline } from '../deadline.ts';
import { comma } from '../direction.ts';
import type { Given, Row, Scope } from '../provider.ts';
import type { OnFailure, Outcome } from './load.ts';
import { type BandWords, currencyIndex, drawOrFail, loadBand, type WantedBand } from './report-load.ts';

/** A band that was loaded. */
export interface DetailedBand {
  /** Names its outcome, and its place on the page. */
  readonly id: string;
  readonly band: BoundBand;
  /** Undefined for a band without rows of its own. */
  readonly outcome: Outcome | undefined;
  /** What inner bands say of its rows, in their order. */
  readonly details: readonly { readonly id: string; readonly title: string; readonly bands: readonly DetailedBand[] }[];
  /** Inner bands that do not belong to single rows. */
  readonly inner: readonly DetailedBand[];
}

export interface Asking {
  readonly given: Given;
  readonly deadline: Deadline;
  readonly words: BandWords;
}

/** Rows of an outer band that are asked about one by one: each is a question to the database. */
const MOST_DETAILS = 50;

/** Loads bands beside each other, and those in them after them. */
export function loadBands(
  bands: readonly BoundBand[],
  asking: Asking,
  scope: Scope,
  onFailure: OnFailure,
): Promise<DetailedBand[]> {
  const load = async (band: BoundBand, id: string, given: Given): Promise<DetailedBand> => {
    const outcome = await ask(band, id, given);
    const rows = outcome?.state === 'ready' ? outcome.rows : [];
    const loose = band.bands.filter(({ belonging }) => belonging.by === 'nothing');
    const bound = band.bands.filter(({ belonging }) => belonging.by !== 'nothing');
    const details = bound.length > 0 ? await detail(band, bound, { id, rows, given }) : [];
    const inner = await Promise.all(loose.map((one) => load(one, `${id}.${one.name}`, given)));
    return { id, band, outcome, details, inner };
  };

  const ask = async (band: BoundBand, id: string, given: Given): Promise<Outcome | undefined> =>
    hasRows(band) ? loadBand({ ...asking, band, name: id, given }, scope, onFailure) : undefined;

  const detail = async (outer: BoundBand, bands: readonly BoundBand[], { id, rows, given }: Around) => {
    const grouped = new Map(
      await Promise.all(
        bands
          .filter(({ belonging }) => belonging.by === 'field')
          .map(async (band) => [band, await ask(band, `${id}.${band.name}`, given)] as const),
      ),
    );
    const title = titleOf(outer, rows, asking.words);
    return Promise.all(
      rows.slice(0, MOST_DETAILS).map(async (row, at) => {
        const place = `${id}-${at + 1}`;
        const parts = bands.map(async (band): Promise<DetailedBand> => {
          const own = `${place}.${band.name}`;
          if (band.belonging.by === 'row') return load(band, own, { ...given, ...ofRow(outer, band, row) });
          const all = grouped.get(band);
          const outcome = all && hasRows(band) ? await ofGroup(band, all, { outer, row, id: own }) : all;
          return { id: own, band, outcome, details: [], inner: [] };
        });
        return { id: place, title: title(row), bands: await Promise.all(parts) };
      }),
    );
  };

  /** Of the rows of an inner band, those that belong to a row. */
  const ofGroup = async (band: Listed, all: Outcome, { outer, row, id }: Belongs): Promise<Outcome> => {
    const { belonging, list } = band;
    if (all.state !== 'ready' || belonging.by !== 'field') return all;
    const wanted = row[outer.list?.index(belonging.field) ?? -1];
    const at = list.index(belonging.field);
    const own = all.rows.filter((one) => one[at] === wanted);
    return drawOrFail({ band, rows: own, name: id, words: asking.words }, onFailure);
  };

  return Promise.all(bands.map((band) => load(band, band.id, asking.given)));
}

/** Rows of an inner band, and what the rows are called to which they belong, from outside inwards. */
export interface DetailRows {
  readonly titles: readonly string[];
  readonly outcome: Outcome;
}

/** The rows of one band, wherever it was loaded. */
export function rowsOf(
  detailed: readonly DetailedBand[],
  id: string,
  titles: readonly string[] = [],
): readonly DetailRows[] {
  return detailed.flatMap(({ band, outcome, details, inner }) => [
    ...(band.id === id && outcome ? [{ titles, outcome }] : []),
    ...details.flatMap(({ title, bands }) => rowsOf(bands, id, [...titles, title])),
    ...rowsOf(inner, id, titles),
  ]);
}

/** Whether there are rows that were not asked about, or not all taken. */
export function isCut(detailed: readonly DetailedBand[]): boolean {
  return detailed.some(({ outcome, details, inner }) => {
    const isReady = outcome?.state === 'ready';
    const isShort = isReady && details.length > 0 && outcome.rows.length > details.length;
    const all = [...details.flatMap(({ bands }) => bands), ...inner];
    return isShort || (isReady && outcome.drawn?.isCut === true) || isCut(all);
  });
}

/** The column by which a row of a band is called: that which leads to its details, else its first one. */
export function titleColumn({ list, link }: BoundBand) {
  return list && (list.columns.find(({ name }) => name === link) ?? list.columns[0]);
}

type Listed = WantedBand['band'];

function hasRows(band: BoundBand): band is Listed {
  return band.list !== undefined;
}

interface Around {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly given: Given;
}

interface Belongs {
  readonly outer: BoundBand;
  readonly row: Row;
  readonly id: string;
}

/** The values of the outer row that an inner band asks for, by name and by `band__name`. */
function ofRow(outer: BoundBand, { belonging }: BoundBand, row: Row): Given {
  if (belonging.by !== 'row') return {};
  const prefix = `${outer.name}__`;
  const values = belonging.fields.flatMap((parameter) => {
    const field = parameter.startsWith(prefix) ? parameter.slice(prefix.length) : parameter;
    const at = outer.list?.index(field) ?? -1;
    return at < 0 ? [] : [[parameter, row[at] ?? null] as const];
  });
  return Object.fromEntries(values);
}

/** What a row is called; where rows are in several currencies, with its own. */
function titleOf(band: BoundBand, rows: readonly Row[], { message, formats }: BandWords) {
  const { list } = band;
  const column = titleColumn(band);
  if (!list || !column) return () => '';
  const cell = column.kind.cell({ column, at: column.at, index: list.index, message });
  const at = currencyIndex(list.columns, list);
  const isMixed = at >= 0 && new Set(rows.map((row) => row[at])).size > 1;
  return (row: Row) => `${cell.text(row, formats, new Date(0))}${isMixed ? comma(formats.language) + row[at] : ''}`;
}
