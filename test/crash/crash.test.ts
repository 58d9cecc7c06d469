import { expect, test } from 'vitest';
import { crash } from './crash.ts';

const NOTHING_WRONG = { lost: 0, doubled: 0, endsWrong: 0, paymentsWrong: 0, balancesWrong: 0 };

test('a server that is killed again and again has done what it acknowledged, and nothing twice', async () => {
  const { tally, verdict } = await crash({ cycles: 4 });
  expect(tally.acknowledged).toBeGreaterThan(0);
  expect(verdict).toEqual(NOTHING_WRONG);
}, 120_000);

test('this test would see if a thing were done twice', async () => {
  const { verdict } = await crash({ cycles: 2, hasNewKeys: true });
  expect(verdict.doubled).toBeGreaterThan(0);
  expect({ ...verdict, doubled: 0 }).toEqual(NOTHING_WRONG);
}, 120_000);
