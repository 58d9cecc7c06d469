import { type ControlKind, typed } from '../control.ts';

/** A value that goes with the form and is not shown. It comes back from the browser: it is no secret, and not to be relied on. */
export const hidden: ControlKind = {
  name: 'hidden',
  matches: ({ element, type }) => element === 'input' && type === 'hidden',
  input: {
    read: typed,
    schema: ({ maxLength = 1000 }) => ({ type: 'string', maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }),
  },
};
