import { defineElement, flag, onFeature, optional, text } from '../element.ts';

export const form = defineElement({
  name: 'form',
  about: 'What a form shows and takes: pages of fields, and buttons.',
  parents: ['metadata'],
  attributes: {
    nosubmit: optional(flag('Has no button that acts.')),
    nocancel: optional(flag('Has no button that leads back.')),
    autocomplete: optional(text('Whether browsers may fill it in: `on` or `off`.')),
    ...onFeature,
  },
});
