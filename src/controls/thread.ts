import type { ControlKind } from '../control.ts';

/** Rows as messages, one below the other: columns `author`, `created` and `text`, and `side` for whose they are. */
export const thread: ControlKind = {
  name: 'thread',
  matches: ({ element, type }) => element === 'list' && type === 'thread',
};
