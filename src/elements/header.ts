import { defineElement, optional, secret, text } from '../element.ts';

export const header = defineElement({
  name: 'header',
  about: 'A header that a source is asked with.',
  parents: ['source'],
  attributes: {
    name: text('Its name, as `authorization`.'),
    value: optional(text('Its value, with placeholders, as `Bearer :secret`; the secret by default.')),
    secret: optional(secret('Environment variable that stands for `:secret` in the value.')),
  },
});
