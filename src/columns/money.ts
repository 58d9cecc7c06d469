import type { ColumnKind } from '../column.ts';
import type { Column } from '../provider.ts';

const currencyField = (column: Column) => column.currency ?? 'currency';

/** Integer minor units, with the currency from the field that `col@currency` names. */
export const money: ColumnKind = {
  name: 'money',
  types: ['money'],
  align: 'end',
  fields: (column) => [currencyField(column)],
  cell({ at, column, index }) {
    const currency = index(currencyField(column));
    return {
      text(row, formats) {
        const minor = row[at];
        return minor === null || minor === undefined ? '' : formats.money(Number(minor), String(row[currency] ?? ''));
      },
      tests: { negative: (row) => Number(row[at]) < 0, zero: (row) => Number(row[at]) === 0 },
    };
  },
};
