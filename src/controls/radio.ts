import { type ControlKind, typed } from '../control.ts';

/** One of the options, all of them in sight. */
export const radio: ControlKind = {
  name: 'radio',
  matches: ({ element, type }) => element === 'select' && type === 'radio',
  input: { read: typed, schema: () => ({ type: 'string', maxLength: 1000 }) },
};
