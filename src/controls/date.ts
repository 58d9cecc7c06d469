import { type ControlKind, typed } from '../control.ts';

/** A day: `2026-03-14`. */
export const date: ControlKind = {
  name: 'date',
  matches: ({ element, type }) => element === 'input' && type === 'date',
  input: { read: typed, schema: () => ({ type: 'string', format: 'date' }) },
};
