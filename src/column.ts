import type { Formats } from './formats.ts';
import type { Column, Row } from './provider.ts';

/**
 * A column kind turns values into the text of a cell; the markup around the text is `templates/columns/NAME.njk`.
 * It is registered in `columns/index.ts`.
 */
export interface ColumnKind {
  readonly name: string;
  /** The values of `col@type` that it draws. */
  readonly types: readonly string[];
  readonly align: 'start' | 'center' | 'end';
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

export type CellValue<T> = (row: Row, formats: Formats, now: Date) => T;

export interface Cell {
  /** The plain text, which the engine escapes: `{% value %}`. */
  readonly text: CellValue<string>;
  /** Further texts by name: `{% value "distance" %}`. */
  readonly values?: Readonly<Record<string, CellValue<string>>>;
  /** Yes-or-no questions by name: `{% when "past" %}…{% endwhen %}`. */
  readonly tests?: Readonly<Record<string, CellValue<boolean>>>;
}
