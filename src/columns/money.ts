import type { ColumnKind } from '../column.ts';
import type { Column, Row } from '../provider.ts';

const currencyField = (column: Column) => column.currency ?? 'currency';

/**
 * Integer minor units, with the currency from the field that `col@currency` names: a sum, which is owed below zero, or a
 * `change`, which came or went.
 */
export const money: ColumnKind = {
  name: 'money',
  types: ['money', 'change'],
  align: 'end',
  fields: (column) => [currencyField(column)],
  sum: { by: currencyField, text: (sum, currency, formats) => formats.money(sum, currency) },
  cell({ at, column, index }) {
    const currency = index(currencyField(column));
    const isChange = column.type === 'change';
    const isKnown = (row: Row) => row[at] !== null && row[at] !== undefined;
    const currencyOf = (row: Row) => String(row[currency] ?? '');
    return {
      text(row, formats) {
        if (!isKnown(row)) return '';
        const sum = formats.money(Number(row[at]), currencyOf(row));
        return isChange && Number(row[at]) > 0 ? `+${sum}` : sum;
      },
      data: [
        { value: (row, formats) => (isKnown(row) ? formats.decimal(Number(row[at]), currencyOf(row)) : '') },
        { title: 'csv_currency', field: currencyField(column), value: (row) => (isKnown(row) ? currencyOf(row) : '') },
      ],
      mark: (row) => `${row[at]} ${row[currency]}`,
      tests: { negative: (row) => Number(row[at]) < 0 && !isChange, zero: (row) => Number(row[at]) === 0 },
    };
  },
};
