import { type ColumnKind, propMark } from '../column.ts';

/** The value as it is, with the icons of its props. */
export const text: ColumnKind = {
  name: 'text',
  types: ['data', 'img', 'button'],
  align: 'start',
  found: 'text',
  sum: { text: (sum, _apart, formats) => formats.number(sum) },
  cell: (context) => ({
    text: (row) => String(row[context.at] ?? ''),
    ...(context.column.props.length > 0 && { mark: propMark(context) }),
  }),
};
