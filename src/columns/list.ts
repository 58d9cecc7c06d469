import type { ColumnKind } from '../column.ts';
import type { Row } from '../provider.ts';

/** Several values, each in a line of its own: a JSON list of texts, or text with line breaks or commas. */
export const list: ColumnKind = {
  name: 'list',
  types: ['list'],
  align: 'start',
  found: 'text',
  cell: ({ at }) => ({
    text: (row) => valuesOf(row[at]).join('\n'),
    data: [{ value: (row) => valuesOf(row[at]).join(', ') }],
    mark: (row) => row[at] ?? null,
  }),
};

function valuesOf(value: Row[number] | undefined): readonly string[] {
  const text = String(value ?? '').trim();
  const values = text.startsWith('[') ? parsed(text) : text.split(text.includes('\n') ? /\n/ : /,/);
  return values.map((one) => one.trim()).filter((one) => one !== '');
}

function parsed(text: string): readonly string[] {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values.map(String) : [text];
  } catch {
    return [text];
  }
}
