import { choice, defineElement, name, optional, text } from '../element.ts';

export const value = defineElement({
  name: 'value',
  about: 'Where a field of a row is in the answer of a source, when it has another name there.',
  parents: ['source'],
  attributes: {
    name: name('Field of the row.'),
    path: optional(text('Path to it within the row, as `client.id`; its name by default.')),
    as: optional(
      choice(
        ['money', 'moment', 'flag'],
        '`money`: whole units, as 12.50, become minor ones; `moment`: seconds or `2026-03-14 09:26:53` in UTC become a moment; `flag`: `on` or `off`.',
      ),
    ),
  },
});
