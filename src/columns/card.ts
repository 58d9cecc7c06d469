import type { ColumnKind } from '../column.ts';
import type { Row } from '../provider.ts';

/** Text whose first line stands out, and whose other lines say more in small. */
export const card: ColumnKind = {
  name: 'card',
  types: ['card'],
  align: 'start',
  found: 'text',
  cell({ at }) {
    const linesOf = (row: Row) =>
      String(row[at] ?? '')
        .trim()
        .split(/\s*\n\s*/);
    return {
      text: (row) => linesOf(row)[0] ?? '',
      values: { rest: (row) => linesOf(row).slice(1).join('\n') },
      tests: { more: (row) => linesOf(row).length > 1 },
      data: [{ value: (row) => linesOf(row).join(' ') }],
      mark: (row) => row[at] ?? null,
    };
  },
};
