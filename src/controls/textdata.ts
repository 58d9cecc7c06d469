import type { ControlKind } from '../control.ts';

/** A value that is shown and not taken. */
export const textdata: ControlKind = {
  name: 'textdata',
  matches: ({ element }) => element === 'textdata',
};
