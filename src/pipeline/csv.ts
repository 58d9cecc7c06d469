/** Rows as CSV that every spreadsheet opens as it is meant: UTF-8 with its mark, and no text taken for a formula. */
import { stringify } from 'csv-stringify/sync';
import type { CellData } from '../column.ts';
import type { Formats } from '../formats.ts';
import type { BoundList } from '../list.ts';
import type { Row } from '../provider.ts';

/** A file for a spreadsheet, as it is taken. */
export interface CsvFile {
  readonly name: string;
  readonly chunks: AsyncIterable<string>;
}

export interface CsvContext {
  readonly list: BoundList;
  /** Of the columns of the list. */
  readonly titles: readonly string[];
  /** Of columns before those, whose values are given with the rows. */
  readonly before?: readonly string[];
  /** A text of the list. */
  message(key: string): string | undefined;
  /** A text of the group `page`. */
  text(key: string, values?: Readonly<Record<string, string | number>>): string;
}

export interface Csv {
  /** The line of titles. */
  readonly head: string;
  lines(rows: readonly Row[], formats: Formats, now: Date): string;
  /** Lines that begin with the same values. */
  linesWith(first: readonly string[]): Csv['lines'];
  /** The last line of a file that does not hold all rows. */
  cut(rows: number): string;
}

/** The columns of a list as they are shown; where a cell holds two things, as money does, each has a column. */
export function createCsv({ list, titles, before = [], message, text }: CsvContext): Csv {
  const columns = list.columns.flatMap((column, place) => {
    const { at, kind } = column;
    const cell = kind.cell({ column, at, index: list.index, message });
    const data: readonly CellData[] = cell.data ?? [{ value: cell.text }];
    const next = list.columns[place + 1]?.name;
    const title = titles[place] ?? column.name;
    return data
      .filter(({ field }) => field === undefined || field !== next)
      .map((one) => ({ title: one.title === undefined ? title : text(one.title, { title }), value: one.value }));
  });
  const linesWith =
    (first: readonly string[]): Csv['lines'] =>
    (rows, formats, now) =>
      write(rows.map((row) => [...first, ...columns.map(({ value }) => value(row, formats, now))]));
  return {
    head: MARK + write([[...before, ...columns.map(({ title }) => title)]]),
    lines: linesWith([]),
    linesWith,
    cut: (rows) => write([[text('csv_cut', { count: rows })]]),
  };
}

const MARK = '\ufeff';
/** A minus before digits alone is no formula. */
const NEGATIVE = /^-\d+(\.\d+)?$/;

function write(records: readonly (readonly string[])[]): string {
  return stringify(
    records.map((record) => record.map((value) => (NEGATIVE.test(value) ? { value } : value))),
    {
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { object: ({ value }) => ({ value: String(value), escape_formulas: false }) },
    },
  );
}
