import { describe, expect, test } from 'vitest';
import { arePasswordsBusy, hashPassword, PasswordsBusy, verifyPassword } from '../src/password.ts';

describe('a password', () => {
  test('is known again by what is stored of it, which tells nothing', async () => {
    const [first, second] = await Promise.all([hashPassword('Grüße, 世界'), hashPassword('Grüße, 世界')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword(first, 'Grüße, 世界')).toBe(true);
    expect(await verifyPassword(first, 'grüße, 世界')).toBe(false);
  });

  test('is never right for nobody, and takes no less time', async () => {
    const stored = await hashPassword('demo');
    const fastest = async (hash: string | undefined) => {
      let best = Number.POSITIVE_INFINITY;
      for (let count = 0; count < 5; count += 1) {
        const started = performance.now();
        expect(await verifyPassword(hash, 'wrong')).toBe(false);
        best = Math.min(best, performance.now() - started);
      }
      return best;
    };
    const [known, unknown] = [await fastest(stored), await fastest(undefined)];
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(1.5);
  });

  test('waits its turn, and is refused at once when too many wait', async () => {
    const stored = await hashPassword('demo');
    const started = performance.now();
    const refusals: number[] = [];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, async () => {
        const given = verifyPassword(stored, 'demo');
        return given.catch((error: unknown) => {
          refusals.push(performance.now() - started);
          throw error;
        });
      }),
    );
    const refused = outcomes.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(68);
    expect(refused.every(({ reason }) => reason instanceof PasswordsBusy && reason.status === 429)).toBe(true);
    expect(Math.max(...refusals)).toBeLessThan(50);
    expect(outcomes.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(32);
    expect(arePasswordsBusy()).toBe(false);
    expect(await verifyPassword(stored, 'demo')).toBe(true);
  });
});
