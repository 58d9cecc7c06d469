import type { ControlKind } from '../control.ts';

/** Text of several lines, which end with a line feed. */
export const textarea: ControlKind = {
  name: 'textarea',
  matches: ({ element }) => element === 'textarea',
  input: {
    read: (texts) => texts.at(-1)?.replace(/\r\n?/g, '\n').trim() || undefined,
    schema: ({ minLength = 1, maxLength = 10_000 }) => ({ type: 'string', minLength, maxLength, pattern: LINES }),
  },
};

/** No control characters but tabs and line feeds. */
const LINES = '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$';
