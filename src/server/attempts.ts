import { hash } from 'node:crypto';
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js';

/** A try to sign in: for which account, and from where. */
export interface Attempt {
  /** As it was typed, without what `Users` forgives; known or not is the same here. */
  readonly login: string;
  /** The visitor's network. */
  readonly network: string;
  /** A browser that signed in to this account before. */
  readonly browser: string | undefined;
}

/** Counts wrong tries in the memory of this process. */
export interface Attempts {
  /** Counts a try before its password is looked at; gives the seconds to wait when there were too many. */
  count(attempt: Attempt): Promise<number | undefined>;
  /** The password was right: the try does not count, nor do earlier ones of the account from there. */
  forgive(attempt: Attempt): Promise<void>;
}

const MINUTE = 60;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;

/** One account from one place: after each ten, a wait twice as long as the last one of that day. */
const FROM_ONE_PLACE = { points: 10, duration: QUARTER };
const LONGEST_WAIT = 8 * 60 * MINUTE;
/** All accounts from one network: an office has one address. */
const FROM_NETWORK = { points: 30, duration: QUARTER };
/** One account from all networks. Who knows the name can use this up, so browsers that signed in before are not asked. */
const FOR_ACCOUNT = { points: 50, duration: QUARTER };

interface Counter {
  readonly limiter: RateLimiterMemory;
  readonly key: string;
}

/**
 * Limits for one account from one place, for a network and for an account. A browser that signed in to the account before
 * is a place of its own and has only the first: nobody elsewhere locks its user out.
 * Source: OWASP, slow down online guessing attacks with device cookies.
 */
export function createAttempts(): Attempts {
  const [place, network, account] = [FROM_ONE_PLACE, FROM_NETWORK, FOR_ACCOUNT].map(
    (limit) => new RateLimiterMemory(limit),
  ) as [RateLimiterMemory, RateLimiterMemory, RateLimiterMemory];
  const waits = new RateLimiterMemory({ points: 1, duration: DAY });

  const countersOf = (attempt: Attempt): readonly [Counter, ...Counter[]] => {
    const who = hash('sha256', attempt.login);
    if (attempt.browser !== undefined) return [{ limiter: place, key: `${who} browser ${attempt.browser}` }];
    return [
      { limiter: place, key: `${who} ${attempt.network}` },
      { limiter: network, key: attempt.network },
      { limiter: account, key: who },
    ];
  };
  /** The last try before a wait settles how long that will be. */
  const lengthenWait = async (key: string) => {
    const { consumedPoints } = await waits.penalty(key);
    await place.set(key, FROM_ONE_PLACE.points, Math.min(QUARTER * 2 ** (consumedPoints - 1), LONGEST_WAIT));
  };

  return {
    async count(attempt) {
      const counters = countersOf(attempt);
      for (const [index, { limiter, key }] of counters.entries()) {
        const taken = await take(limiter, key);
        if (typeof taken === 'number') {
          await giveBack(counters.slice(0, index + 1));
          return taken;
        }
        if (limiter === place && taken.remainingPoints === 0) await lengthenWait(key);
      }
      return undefined;
    },
    async forgive(attempt) {
      const [{ key }, ...others] = countersOf(attempt);
      await Promise.all([place.delete(key), waits.delete(key), giveBack(others)]);
    },
  };
}

/** Counts one; gives the seconds to wait instead when the limit is reached. */
async function take(limiter: RateLimiterMemory, key: string): Promise<RateLimiterRes | number> {
  try {
    return await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}

/** A try that was not checked, or was right, does not count. */
async function giveBack(counters: readonly Counter[]): Promise<void> {
  await Promise.all(counters.map(({ limiter, key }) => limiter.reward(key)));
}
