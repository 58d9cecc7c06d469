import type { ControlKind } from '../control.ts';

/** Rows as a table. */
export const table: ControlKind = {
  name: 'table',
  matches: ({ element, type }) => element === 'list' && type !== 'thread',
};
