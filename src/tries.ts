/** Tries of visitors at secrets of their own, counted in the memory of this process: who has a session may not guess a password. */
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js';

export interface Tries {
  /** Counts one; gives the minutes to wait when there were too many. */
  count(key: string): Promise<number | undefined>;
  forgive(key: string): Promise<void>;
}

const MINUTE = 60;

export function createTries(): Tries {
  const limiter = new RateLimiterMemory({ points: 5, duration: 15 * MINUTE });
  return {
    async count(key) {
      try {
        await limiter.consume(key);
        return undefined;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000 / MINUTE));
        throw refusal;
      }
    },
    async forgive(key) {
      await limiter.delete(key);
    },
  };
}
