import { type ControlKind, typed } from '../control.ts';

/** A whole number. */
export const number: ControlKind = {
  name: 'number',
  matches: ({ element, type }) => element === 'input' && type === 'number',
  input: {
    read(texts) {
      const text = typed(texts);
      return text !== undefined && /^[+-]?\d{1,15}$/.test(text) ? Number(text) : text;
    },
    schema: ({ min = -1e12, max = 1e12, step = 1 }) => ({
      type: 'integer',
      minimum: min,
      maximum: max,
      multipleOf: step,
    }),
  },
};
