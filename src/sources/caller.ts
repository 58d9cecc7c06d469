/** Calls peers: only those that may be called, at addresses that are judged when a connection is made, and never for long. */
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import type { StopSignal } from '../deadline.ts';
import { type Peer, peerAt } from '../peers.ts';
import { readBody } from './answer-body.ts';
import { judge, literalAddress } from './judged-address.ts';
import { createResolve, type Resolve } from './resolve-host.ts';

export interface Call {
  readonly address: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

export interface Caller {
  /** The JSON that a peer answers; rejects for anything else, with words for staff alone. */
  call(call: Call, signal: StopSignal | undefined): Promise<unknown>;
  close(): Promise<void>;
}

export interface CallerOptions {
  readonly peers: readonly Peer[];
  readonly resolve?: Resolve | undefined;
}

/** Connections to one peer at a time; further calls wait for one within their own time. */
const CONNECTIONS = 16;

export function createCaller({ peers, resolve }: CallerOptions): Caller {
  const resolveOnce = createResolve(resolve);
  const agentFor = (isPrivate: boolean) =>
    new Agent({ connections: CONNECTIONS, pipelining: 1, connect: { lookup: judgingLookup(resolveOnce, isPrivate) } });
  let outside: Agent | undefined;
  let inside: Agent | undefined;
  const dispatcherOf = ({ isPrivate }: Peer): Dispatcher =>
    isPrivate ? (inside ??= agentFor(true)) : (outside ??= agentFor(false));

  return {
    async call({ address, method, headers, body, timeout }, signal) {
      const peer = peerAt(address, peers);
      if (!peer) throw new Error(`LINTEL_SOURCES does not name ${address.origin}`);
      if (address.username || address.password) throw new Error('An address holds no user and no password');
      // No connection to a literal address asks for its name, so it is judged here.
      const literal = literalAddress(address.hostname);
      if (literal !== undefined) judge(literal, peer.isPrivate);
      const limit = limited(timeout, signal);
      try {
        const accepted = { accept: 'application/json', 'accept-encoding': 'gzip, deflate, br' };
        const answer = await request(address, {
          ...{ dispatcher: dispatcherOf(peer), method, body: body ?? null, signal: limit.signal },
          headers: { ...accepted, ...headers },
        });
        return await readAnswer(answer, address);
      } catch (error) {
        throw limit.signal.aborted ? limit.signal.reason : error;
      } finally {
        limit.end();
      }
    },
    async close() {
      await Promise.all([outside?.destroy(), inside?.destroy()]);
    },
  };
}

async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData, { origin }: URL): Promise<unknown> {
  // What is wrong is thrown below; the rest of the answer may fail as it likes.
  body.on('error', () => {});
  const isRedirect = statusCode >= 300 && statusCode < 400;
  if (isRedirect) throw new Error(`${origin} redirects, which is not followed`);
  if (statusCode !== 200) throw new Error(`${origin} answers ${statusCode}`);
  const text = await readBody(body, String(headers['content-encoding'] ?? ''));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${origin} answers something that is no JSON`);
  }
}

/** Ends what is not over in time, or when `stop` is aborted; `end` gives up what is left of it. */
function limited(milliseconds: number, stop: StopSignal | undefined) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`No answer after ${milliseconds} ms`)), milliseconds);
  const onStop = () => controller.abort(stop?.reason);
  if (stop?.aborted) onStop();
  stop?.addEventListener('abort', onStop);
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      stop?.removeEventListener('abort', onStop);
      if (!controller.signal.aborted) controller.abort();
    },
  };
}

/** A lookup for connections that fails when any address of the name must not be called. */
function judgingLookup(resolve: Resolve, isPrivate: boolean): LookupFunction {
  return (host, options, callback) => {
    const find = async () => {
      const found = await resolve(host);
      for (const { address } of found) judge(address, isPrivate);
      const [first] = found;
      if (!first) throw new Error(`${host} has no address`);
      return { found: [...found], first };
    };
    find().then(
      ({ found, first }) => (options.all ? callback(null, found) : callback(null, first.address, first.family)),
      (error: Error) => callback(error, options.all ? [] : '', 0),
    );
  };
}
