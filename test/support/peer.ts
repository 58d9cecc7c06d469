/** Hosts that sources of lists call, written for tests: they answer as a test wants it, and remember what they were asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedOf {
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestPeer {
  readonly port: number;
  /** Its address, and the word of `LINTEL_SOURCES` that lets it be called. */
  readonly address: string;
  readonly allowed: string;
  readonly asked: AskedOf[];
  /** Answers whose connection is still open. */
  readonly open: () => number;
  answer: Answer;
  stop(): Promise<void>;
}

export type Answer = (asked: AskedOf, response: ServerResponse) => unknown;

/** A peer on 127.0.0.1; what `answer` returns is sent as JSON, unless it returns nothing. */
export async function startPeer(answer: Answer, host = '127.0.0.1'): Promise<TestPeer> {
  let opened = 0;
  const server: Server = createServer((request, response) => {
    opened += 1;
    response.on('close', () => void (opened -= 1));
    void reply(request, response);
  });
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://peer');
    const body = Buffer.concat(chunks).toString();
    const params = request.method === 'POST' ? new URLSearchParams(body) : url.searchParams;
    const asked = { method: request.method ?? '', path: url.pathname, params, headers: request.headers, body };
    peer.asked.push(asked);
    const json = await peer.answer(asked, response);
    if (json !== undefined) response.setHeader('content-type', 'application/json').end(JSON.stringify(json));
  };
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const peer: TestPeer = {
    port,
    address,
    allowed: `private:${address}`,
    asked: [],
    open: () => opened,
    answer,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return peer;
}
