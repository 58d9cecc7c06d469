import { LRUCache } from 'lru-cache';
import type { Sessions, User } from '../store/index.ts';

export interface RememberedSessions extends Sessions {
  /** The user changed: the next request reads the user again. */
  forget(user: number): void;
}

/** Milliseconds for which a session that was ended in another process may still be found here. */
const LIFE = 5000;
const REMEMBERED = 5000;

/** Sessions that are asked for again and again without asking the database each time; what ends here ends at once. */
export function rememberSessions(sessions: Sessions, clock: () => Date): RememberedSessions {
  const known = new LRUCache<string, { user: User; until: number }>({ max: REMEMBERED });
  const forget = (user: number) => {
    for (const [token, found] of known.entries()) if (found.user.id === user) known.delete(token);
  };
  return {
    ...sessions,
    forget,
    async find(token) {
      const now = clock().getTime();
      const found = known.get(token);
      if (found && found.until > now) return found.user;
      const user = await sessions.find(token);
      if (user) known.set(token, { user, until: now + LIFE });
      return user;
    },
    async close(token) {
      known.delete(token);
      await sessions.close(token);
      known.delete(token); // a request that came meanwhile may have remembered it again
    },
    async closeAll(user) {
      await sessions.closeAll(user);
      forget(user);
    },
  };
}
