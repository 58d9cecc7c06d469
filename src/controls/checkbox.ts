import type { ControlKind } from '../control.ts';

/** Yes or no. One that is required must be yes. */
export const checkbox: ControlKind = {
  name: 'checkbox',
  matches: ({ element, type }) => element === 'input' && type === 'checkbox',
  input: {
    // The text `off` comes from an address; a form sends nothing for a box without its mark.
    read: (texts) => texts.length > 0 && texts.at(-1) !== 'off',
    schema: ({ isRequired }) => (isRequired ? { const: true } : { type: 'boolean' }),
  },
  write: (value) => (value === true || value === 'on' ? 'on' : ''),
};
