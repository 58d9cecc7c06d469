import { type ControlKind, typed } from '../control.ts';

/** One of the options, from a list that opens. */
export const select: ControlKind = {
  name: 'select',
  matches: ({ element, type }) => element === 'select' && type === undefined,
  input: { read: typed, schema: () => ({ type: 'string', maxLength: 1000 }) },
};
