import type { ColumnKind } from '../column.ts';

/** The value as it is. */
export const text: ColumnKind = {
  name: 'text',
  types: ['data'],
  align: 'start',
  found: 'text',
  cell: ({ at }) => ({ text: (row) => String(row[at] ?? '') }),
};
