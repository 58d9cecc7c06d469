import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

test('2,000 strange documents are read, checked and reported without a throw or a halt', async () => {
  const { slowest, ...verdict } = await fuzz({ documents: 2000 });
  expect(verdict).toMatchObject({ documents: 2000, thrown: [], slow: [], readAlone: [] });
  expect(slowest).toBeLessThan(100);
  expect(verdict.read).toBeGreaterThan(200);
}, 120_000);
