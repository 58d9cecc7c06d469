import type { ControlKind } from '../control.ts';

/** A secret: taken as it was typed, spaces included, and never shown again. */
export const password: ControlKind = {
  name: 'password',
  matches: ({ element, type }) => element === 'input' && type === 'password',
  input: {
    read: (texts) => texts.at(-1) || undefined,
    schema: ({ minLength = 1, maxLength = 1000 }) => ({
      type: 'string',
      minLength,
      maxLength,
      pattern: '^[^\\u0000]*$',
    }),
  },
  write: () => '',
};
