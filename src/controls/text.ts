import { type ControlKind, typed } from '../control.ts';

/** One line of text; `check` and the types `email` and `url` say what it must be. */
export const text: ControlKind = {
  name: 'text',
  matches: ({ element, type }) => element === 'input' && ['text', 'email', 'url'].includes(type ?? 'text'),
  input: {
    read: typed,
    schema({ type, check = type, minLength = 1, maxLength = 1000 }) {
      const format = check === 'text' ? {} : { format: check };
      return { type: 'string', minLength, maxLength, pattern: LINE, ...format };
    },
  },
};

/** No control characters. */
const LINE = '^[^\\u0000-\\u001f\\u007f]*$';
