import { describe, expect, test } from 'vitest';
import { compiled } from '#templates';
import { PACKAGE, readContent } from '../../src/content.ts';
import { createRenderer, sumOf } from '../../src/pipeline/render.ts';
import type { Frame } from '../../src/pipeline/segments.ts';

const { templates } = readContent([PACKAGE]);
const name = 'parts/icon.njk';
const context = { asset: (file: string) => `/${file}`, points: () => false, tone: () => '' };
const drawn = (text: string) => {
  const changed = new Map([
    ...templates,
    [name, text],
    ['own.njk', `{% from "${name}" import icon with context %}{{ icon('p-on') }}`],
  ]);
  return createRenderer(changed).segment('own.njk', context)({} as Frame);
};

describe('the templates of Lintel', () => {
  test('are compiled when it is built, all but those of the guide', () => {
    const all = [...templates].filter(([one]) => !one.startsWith('help/'));
    expect(Object.fromEntries(Object.entries(compiled).map(([one, { sum }]) => [one, sum]))).toEqual(
      Object.fromEntries(all.map(([one, text]) => [one, sumOf(text)])),
    );
  });

  test('are drawn from their text once that is another', () => {
    const text = templates.get(name) ?? '';
    expect(drawn(text)).toContain('<svg class="icon');
    expect(drawn(text.replace('class="icon', 'class="mine icon'))).toContain('<svg class="mine icon');
  });

  test('are the same from their text and compiled', () => {
    const text = templates.get(name) ?? '';
    expect(drawn(`${text}{# the same #}`)).toBe(drawn(text));
  });
});
