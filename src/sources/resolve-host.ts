import { lookup } from 'node:dns/promises';

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** The system looks names up on threads that files and databases need too, so only some of them are for names. */
const AT_ONCE = 2;

/** Looks each name up once, however many wait for it, and few at a time: a silent name server holds up nobody else. */
export function createResolve(resolve: Resolve = (host) => lookup(host, { all: true })): Resolve {
  const pending = new Map<string, ReturnType<Resolve>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  const look = async (host: string) => {
    if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
    running += 1;
    try {
      return await resolve(host);
    } finally {
      running -= 1;
      pending.delete(host);
      waiting.shift()?.();
    }
  };
  return (host) => {
    const known = pending.get(host);
    if (known) return known;
    const found = look(host);
    pending.set(host, found);
    return found;
  };
}
