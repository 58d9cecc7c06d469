import type { ControlKind } from '../control.ts';

/** Several of the options. */
export const multiple: ControlKind = {
  name: 'multiple',
  matches: ({ element, type }) => element === 'select' && type === 'multiple',
  input: {
    read: (texts) => (texts.length > 0 ? [...new Set(texts)] : undefined),
    schema: () => ({ type: 'array', minItems: 1, maxItems: 1000, items: { type: 'string', maxLength: 1000 } }),
  },
};
