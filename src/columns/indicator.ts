import type { CellContext, ColumnKind } from '../column.ts';
import type { Formats } from '../formats.ts';
import type { Row } from '../provider.ts';

/** Percent from which a limit is said to be near. */
const NEAR = 80;

/** How much of a limit is used: a bar, and the same in text. Without a limit it is a number. */
export const indicator: ColumnKind = {
  name: 'indicator',
  types: ['indicator'],
  align: 'start',
  sum: { text: (sum, _apart, formats) => formats.number(sum) },
  fields: ({ used, limit }) => [used, limit].filter((field) => field !== undefined),
  cell(context) {
    const usageOf = usageIn(context);
    const isBracketed = context.column.view === 'brackets';
    const shareOf = (row: Row) => shareIn(usageOf(row));
    return {
      text(row, formats) {
        const written = writeUsage(usageOf(row), formats);
        const share = shareOf(row);
        return isBracketed && share !== undefined ? `${formats.number(Math.round(share))}% (${written})` : written;
      },
      values: { share: (row) => String(Math.round(Math.min(100, Math.max(0, shareOf(row) ?? 0)))) },
      tests: {
        limited: (row) => shareOf(row) !== undefined,
        near: (row) => (shareOf(row) ?? 0) >= NEAR,
        full: (row) => (shareOf(row) ?? 0) >= 100,
      },
      mark: (row) => JSON.stringify(usageOf(row)),
    };
  },
};

interface Usage {
  readonly used: number | undefined;
  readonly limit: number | undefined;
}

/** The two fields that the column names, or its own value: a number, or `used / limit`. */
function usageIn({ at, column, index }: CellContext): (row: Row) => Usage {
  const used = column.used === undefined ? at : index(column.used);
  const limit = column.limit === undefined ? -1 : index(column.limit);
  return (row) => {
    const [first, second] = String(row[used] ?? '').split('/');
    return { used: numberOf(first), limit: numberOf(limit < 0 ? second : row[limit]) };
  };
}

function numberOf(value: Row[number] | undefined): number | undefined {
  const text = String(value ?? '').trim();
  return text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);
}

/** In percent; undefined without a limit. */
function shareIn({ used, limit }: Usage): number | undefined {
  return used === undefined || limit === undefined || limit <= 0 ? undefined : (used / limit) * 100;
}

function writeUsage({ used, limit }: Usage, formats: Formats): string {
  if (used === undefined) return '';
  return limit === undefined || limit <= 0
    ? formats.number(used)
    : `${formats.number(used)} / ${formats.number(limit)}`;
}
