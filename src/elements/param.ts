import { defineElement, optional, secret, text } from '../element.ts';

export const param = defineElement({
  name: 'param',
  about: 'A parameter that a source is asked with.',
  parents: ['source'],
  attributes: {
    name: text('Its name, as the peer has it.'),
    value: optional(text('Its value, with placeholders; the secret by default.')),
    secret: optional(secret('Environment variable that stands for `:secret` in the value.')),
  },
});
