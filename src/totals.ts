/** Footers of a list: how many of all its rows have a value in a column, and what they come to, by currency. */
import type { ColumnKind } from './column.ts';
import type { Formats } from './formats.ts';
import type { Column, Row, Totals } from './provider.ts';

export interface BoundTotals {
  /** What the rows are added up by: a row of totals gives these fields first, then the sums, then the counts. */
  readonly query: Totals;
  /** The footer of a column, a line for each currency; none for a column without one. */
  lines(column: string, rows: readonly Row[], formats: Formats): readonly string[];
}

interface Footed extends Column {
  readonly kind: ColumnKind;
}

/** Undefined when no column has a footer. `owner` is the field that says whose the rows are. */
export function bindTotals(columns: readonly Footed[], owner: string | undefined): BoundTotals | undefined {
  const summed = columns.filter(({ total, kind }) => total === 'sum' && kind.sum);
  const counted = columns.filter(({ total }) => total === 'count');
  if (summed.length + counted.length === 0) return undefined;
  const apart = summed.flatMap((column) => column.kind.sum?.by?.(column) ?? []);
  const query = {
    by: [...new Set([...(owner === undefined ? [] : [owner]), ...apart])],
    sums: [...new Set(summed.map(({ name }) => name))],
    counts: [...new Set(counted.map(({ name }) => name))],
  };
  const lines = new Map<string, Lines>([
    ...counted.map((column) => [column.name, countLines(query, column)] as const),
    ...summed.map((column) => [column.name, sumLines(query, column)] as const),
  ]);
  return { query, lines: (column, rows, formats) => lines.get(column)?.(rows, formats) ?? [] };
}

type Lines = (rows: readonly Row[], formats: Formats) => readonly string[];

function countLines({ by, sums, counts }: Totals, { name }: Column): Lines {
  const at = by.length + sums.length + counts.indexOf(name);
  return (rows, formats) => [formats.number(rows.reduce((count, row) => count + Number(row[at]), 0))];
}

/** A sum for each value of the field that keeps them apart, in the order of these; a total of nothing is none. */
function sumLines({ by, sums }: Totals, column: Footed): Lines {
  const { kind, name } = column;
  const at = by.length + sums.indexOf(name);
  const apart = by.indexOf(kind.sum?.by?.(column) ?? '');
  return (rows, formats) => {
    const found = new Map<string, number>();
    for (const row of rows) {
      const of = String(row[apart] ?? '');
      if (row[at] !== null) found.set(of, (found.get(of) ?? 0) + Number(row[at]));
    }
    const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([of, sum]) => kind.sum?.text(sum, of, formats) ?? '');
  };
}
