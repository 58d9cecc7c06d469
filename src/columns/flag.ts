import type { ColumnKind } from '../column.ts';

/** Icons only: one for each `prop` whose flag is on. The text names the flags, for readers that see no icons. */
export const flag: ColumnKind = {
  name: 'flag',
  types: ['prop'],
  align: 'center',
  cell: () => ({ text: () => '' }),
};
