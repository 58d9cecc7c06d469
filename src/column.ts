import type { Formats } from './formats.ts';
import type { Column, Prop, Row, Value } from './provider.ts';

/**
 * A column kind turns values into the text of a cell; the markup around the text is `templates/columns/NAME.njk`.
 * It is registered in `columns/index.ts`.
 */
export interface ColumnKind {
  readonly name: string;
  /** The values of `col@type` that it draws. */
  readonly types: readonly string[];
  readonly align: 'start' | 'center' | 'end';
  /** How a visitor's words find a row by it: in its value (`text`), or in the text its value stands for (`coded`). */
  readonly found?: 'text' | 'coded';
  /** How a sum of its values is written; without it, there is none. */
  readonly sum?: {
    /** The field that keeps sums apart, as that of a currency. */
    by?(column: Column): string;
    text(sum: number, apart: string, formats: Formats): string;
  };
  /** Fields it reads beside its own. */
  fields?(column: Column): readonly string[];
  /** Called once per plan and language; what it returns is called per row. */
  cell(context: CellContext): Cell;
}

export interface CellContext {
  readonly column: Column;
  /** Index of the column's own value in a row. */
  readonly at: number;
  /** Index of another field that `fields` asked for. */
  index(field: string): number;
  /** A text of the function, in the language of the page. */
  message(key: string): string | undefined;
}

const ON = new Set<unknown>(['on', 'yes', true, 1, '1']);

/** Whether a flag field of a row is on. */
export const isOn = (value: unknown): boolean => ON.has(value);

/** Whether a prop is on in a row; `at` is the column's own value. */
export function propTest({ name, value }: Prop, index: (field: string) => number, at: number): (row: Row) => boolean {
  const field = index(name);
  // A field that no row has: the name is a value of the column.
  if (field < 0) return (row) => value === undefined && row[at] === name;
  if (value === undefined) return (row) => isOn(row[field]);
  return value === 'on' ? (row) => isOn(row[field]) : (row) => String(row[field] ?? '') === value;
}

/** All that a cell with props depends on: its own value, and the flag fields of the row. */
export function propMark({ at, column, index }: Pick<CellContext, 'at' | 'column' | 'index'>): CellValue<Value> {
  const fields = column.props.map(({ name }) => index(name)).filter((field) => field >= 0);
  if (fields.length === 0) return (row) => row[at] ?? null;
  return (row) => JSON.stringify([row[at], ...fields.map((field) => row[field])]);
}

/** What a prop is called while it is on, or off. */
export function propTitle(
  column: Pick<Column, 'name'>,
  { name, value }: Prop,
  state: 'on' | 'off',
  message: CellContext['message'],
): string {
  if (value !== undefined) return message(`hint_p_${name}_${value}`) ?? message(`${name}_${value}`) ?? name;
  return message(`hint_p_${name}_${state}`) ?? message(`${column.name}_${name}`) ?? name;
}

export type CellValue<T> = (row: Row, formats: Formats, now: Date) => T;

export interface Cell {
  /** The plain text, which the engine escapes: `{% value %}`. */
  readonly text: CellValue<string>;
  /** Further texts by name: `{% value "distance" %}`. */
  readonly values?: Readonly<Record<string, CellValue<string>>>;
  /** What a spreadsheet is given in place of the text: each entry is a column of its own. */
  readonly data?: readonly CellData[];
  /** Yes-or-no questions by name: `{% when "past" %}…{% endwhen %}`. */
  readonly tests?: Readonly<Record<string, CellValue<boolean>>>;
  /** Cells with equal marks look alike, so they are drawn once; one without a mark is drawn each time. */
  readonly mark?: CellValue<Value | undefined>;
}

export interface CellData {
  /** Message of the group `page` that titles it, with the column's `__title__`; without it, the title of the column. */
  readonly title?: string;
  /** The field that it shows; where the next column shows it too, that is enough. */
  readonly field?: string;
  readonly value: CellValue<string>;
}
