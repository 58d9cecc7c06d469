import type { ColumnKind } from '../column.ts';
import type { Column } from '../provider.ts';

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
  cell({ at, column, index }) {
    const currency = index(currencyField(column));
    const isChange = column.type === 'change';
    return {
      text(row, formats) {
        const minor = row[at];
        if (minor === null || minor === undefined) return '';
        const sum = formats.money(Number(minor), String(row[currency] ?? ''));
        return isChange && Number(minor) > 0 ? `+${sum}` : sum;
      },
      tests: { negative: (row) => Number(row[at]) < 0 && !isChange, zero: (row) => Number(row[at]) === 0 },
    };
  },
};
