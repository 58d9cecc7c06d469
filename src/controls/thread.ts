import type { ControlKind } from '../control.ts';

/**
 * Rows as messages, one below the other: columns `author`, `role` (for whom the author speaks), `fresh` (a mark), `created`, `text`, and
 * `side`, which is `own` or `other`.
 */
export const thread: ControlKind = {
  name: 'thread',
  matches: ({ element, type }) => element === 'list' && type === 'thread',
};
