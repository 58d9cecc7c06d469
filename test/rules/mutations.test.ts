import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeAt } from '../../src/diagnostics/source.ts';
import { type MutatedContent, openContent } from './_mutations/content.ts';
import { judge, mutationsOf, type Verdict } from './_mutations/judge.ts';

const COUNT = 300;

let content: MutatedContent;
let verdicts: Verdict[];
beforeAll(async () => {
  content = await openContent();
  verdicts = [];
  for (const mutation of mutationsOf(content, { count: COUNT, seed: 20 }))
    verdicts.push(await judge(content, mutation));
}, 300_000);
afterAll(() => content.close());

describe('one slip in valid content', () => {
  test('is made where nothing is wrong', async () => {
    expect(await content.findings()).toEqual([]);
  });

  test('is found once, at its exact place', () => {
    expect(verdicts.length).toBeGreaterThan(COUNT * 0.95);
    expect(verdicts.filter(({ fault }) => fault).map(told)).toEqual([]);
  });

  test('is told what was meant, nearly always', () => {
    const asked = verdicts.filter(({ suggested }) => suggested !== undefined);
    const suggested = asked.filter((verdict) => verdict.suggested);
    expect(
      suggested.length / asked.length,
      asked
        .filter((one) => !one.suggested)
        .map(told)
        .join('\n'),
    ).toBeGreaterThan(0.95);
  });
});

function told({ mutation, fault, found }: Verdict): string {
  const places = found.map(({ code, source, range }) => `${source.path}:${placeAt(source, range.start).line} ${code}`);
  return `${fault ?? 'no suggestion'}: ${mutation.path}: ${mutation.about}: ${places.join(', ')}`;
}
