import type { ServerResponse } from 'node:http';
import type { Context, ServerOptions, Visitor } from '../context.ts';

/** Milliseconds between two signs of life; proxies give up on silence after some 60 s. */
const BEAT = 20_000;
/** Open pages of one user that are told; the one that was opened first is told no more. */
const MOST = 8;
/** Bytes that may wait for a reader; who is slower is let go, and comes back. */
const WAITING = 4096;

const TYPE = 'text/event-stream; charset=utf-8';
const written = (event: string) => `event: ${event}\ndata:\n\n`;

interface Listener {
  readonly visitor: Visitor;
  say(event: string): void;
  end(event?: string): void;
}

type Options = Pick<ServerOptions, 'engine' | 'sessions' | 'log'> & { readonly beat?: number };

/**
 * `/events`: tells an open page that what it shows was changed, and nothing else: it then asks for that itself. `age` says how
 * many milliseconds old the page is. Ends with the session and with the server.
 */
export function events({ engine, sessions, log, beat = BEAT }: Options, stopping: AbortSignal) {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;

  /** Says it to one whose session has not ended, and says that to another. */
  const sayIfOpen = async (listener: Listener, event: string) => {
    try {
      if (await sessions.isOpen(listener.visitor.token)) listener.say(event);
      else listener.end('ended');
    } catch (err) {
      log.error({ err }, 'an open page is not told of a change');
      listener.end();
    }
  };
  const begin = (listener: Listener) => {
    const { user } = listener.visitor;
    const own = [...listeners].filter(({ visitor }) => visitor.user.id === user.id);
    const [first] = own.length < MOST ? [] : own;
    first?.end('full');
    if (first) listeners.delete(first);
    listeners.add(listener);
    timer ??= setInterval(() => {
      for (const one of listeners) void sayIfOpen(one, 'beat');
    }, beat).unref();
  };
  const end = (listener: Listener) => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  stopping.addEventListener('abort', () => {
    for (const listener of [...listeners]) listener.end();
  });

  return (ctx: Context) => {
    const { visitor } = ctx.state;
    const isOurs = ['', 'same-origin'].includes(ctx.get('Sec-Fetch-Site'));
    ctx.set('Cache-Control', 'no-store');
    // A browser does not ask again after that.
    if (!isOurs || stopping.aborted || ctx.method !== 'GET') {
      ctx.status = 204;
      return;
    }
    // Signed out since the page was opened: it is told so.
    if (!visitor) {
      ctx.type = TYPE;
      ctx.body = written('ended');
      return;
    }
    const { res } = ctx;
    ctx.status = 200;
    ctx.respond = false;
    // Proxies would otherwise keep it until there is more.
    res.writeHead(200, { 'Content-Type': TYPE, 'X-Accel-Buffering': 'no' });
    const listener = createListener(res, visitor);
    begin(listener);
    listener.say('beat');
    let isTelling = false;
    const stop = engine.listen(visitor.scope, {
      within: ageIn(ctx),
      // Many changes at once are one.
      onChange() {
        if (isTelling) return;
        isTelling = true;
        setImmediate(() => {
          isTelling = false;
          void sayIfOpen(listener, 'changed');
        });
      },
    });
    res.once('close', () => {
      stop();
      end(listener);
    });
  };
}

/** No older than a day. */
function ageIn(ctx: Context): number {
  const age = Number(ctx.query.age);
  return Number.isFinite(age) ? Math.min(Math.max(age, 0), 86_400_000) : 0;
}

function createListener(res: ServerResponse, visitor: Visitor): Listener {
  const say = (event: string) => {
    if (res.destroyed || res.writableEnded) return;
    if (res.writableLength > WAITING) res.destroy();
    else res.write(written(event));
  };
  return {
    visitor,
    say,
    end(event) {
      if (event) say(event);
      res.end();
    },
  };
}
