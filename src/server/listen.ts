import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Listening {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Answers what is under way, tells clients to go elsewhere for `drainMs`, then closes; never longer than `hardMs`. */
  stop(times?: { drainMs?: number; hardMs?: number }): Promise<void>;
  readonly isStopping: () => boolean;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Limits against slow clients. Source: promises.md, section 3. */
const TIMES = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 65_000,
};
const IDLE_SOCKET = 30_000;
const SWEEP = 50;

/** Starts to answer on `host` and `port`; rejects when the address is taken. */
export async function listen(
  makeHandler: (isStopping: () => boolean, stopping: AbortSignal) => Handler,
  host: string,
  port: number,
): Promise<Listening> {
  let isStopping = false;
  const stopping = new AbortController();
  const sockets = new Map<Socket, number>();
  const handler = makeHandler(() => isStopping, stopping.signal);
  const server = createServer(TIMES, (request, response) => {
    const { socket } = request;
    sockets.set(socket, (sockets.get(socket) ?? 0) + 1);
    response.once('close', () => sockets.set(socket, (sockets.get(socket) ?? 1) - 1));
    if (isStopping) response.setHeader('Connection', 'close');
    handler(request, response);
  });
  server.on('connection', (socket) => {
    sockets.set(socket, 0);
    socket.setTimeout(IDLE_SOCKET + TIMES.keepAliveTimeout, () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await opened(server, host, port);
  const { port: actual } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    address: `http://${name}:${actual}`,
    isStopping: () => isStopping,
    async stop({ drainMs = 1500, hardMs = 10_000 } = {}) {
      isStopping = true;
      stopping.abort();
      const hard = setTimeout(() => server.closeAllConnections(), hardMs);
      await new Promise((resolve) => setTimeout(resolve, drainMs));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection that never sent a request is not idle for node: end it ourselves.
      const sweep = setInterval(() => {
        for (const [socket, requests] of sockets) if (requests <= 0) socket.end();
      }, SWEEP);
      await closed;
      clearInterval(sweep);
      clearTimeout(hard);
    },
  };
}

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
