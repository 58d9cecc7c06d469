import { expect, test } from 'vitest';
import { createResolve } from '../../src/sources/resolve-host.ts';

test('names are looked up once for all who wait, two at a time, and again later', async () => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const resolve = createResolve((host) => {
    asked.push(host);
    return new Promise((answer, fail) => {
      answers.push(() => (host === 'c' ? fail(new Error('gone')) : answer([{ address: host, family: 4 }])));
    });
  });
  const hosts = ['a', 'a', 'b', 'c', 'a', 'c', 'd'];
  const found = Promise.allSettled(hosts.map((host) => resolve(host)));
  expect(asked).toEqual(['a', 'b']);
  for (let step = 0; step < 4; step++) {
    answers[step]?.();
    await new Promise(setImmediate);
  }
  expect(asked).toEqual(['a', 'b', 'c', 'd']);
  const said = (await found).map((one) => (one.status === 'fulfilled' ? one.value[0]?.address : 'gone'));
  expect(said).toEqual(['a', 'a', 'b', 'gone', 'a', 'gone', 'd']);
  void resolve('a');
  expect(asked).toHaveLength(5);
});
