import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import type { Answer } from '../support/peer.ts';
import { startAsking } from '../support/source.ts';

async function start(answer: Answer) {
  const { peer, asker } = await startAsking(answer);
  const metadata = (attributes = '') =>
    `<metadata name="t" type="list" level="5"><source address="${peer.address}/:customer" trusted="yes" ${attributes}/></metadata>`;
  return {
    peer,
    ask: (attributes?: string, signal?: AbortSignal) => asker.rows(metadata(attributes), signal ? { signal } : {}),
  };
}

const milliseconds = async (work: Promise<unknown>) => {
  const began = performance.now();
  await work.catch(() => undefined);
  return performance.now() - began;
};

const SECRET_WORDS = 'inner words of the peer';
const BAD: readonly (readonly [string, Answer, string])[] = [
  ['answers 500', (_, response) => void response.writeHead(500).end(SECRET_WORDS), 'answers 500'],
  ['answers 204', (_, response) => void response.writeHead(204).end(), 'answers 204'],
  ['redirects', (_, response) => void response.writeHead(302, { location: '/other' }).end(), 'redirects'],
  ['answers markup', (_, response) => void response.end(`<html>${SECRET_WORDS}</html>`), 'no JSON'],
  ['answers nothing', (_, response) => void response.end(), 'no JSON'],
  ['answers half of its JSON', (_, response) => void response.end('[{"id":1},{"id'), 'no JSON'],
  ['answers JSON that goes ever deeper', (_, response) => void response.end('['.repeat(900_000)), 'no JSON'],
  ['answers no rows', () => ({ items: SECRET_WORDS }), 'no rows at the top'],
  ['answers too many rows', () => Array.from({ length: 5001 }, () => 1), 'more than 5000 rows'],
  [
    'answers in an encoding of its own',
    (_, response) => void response.writeHead(200, { 'content-encoding': 'lzma' }).end('x'),
    'encoded as lzma',
  ],
  [
    'answers a broken archive',
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    'incorrect header check',
  ],
  [
    'breaks off',
    (_, response) => void response.writeHead(200, { 'content-length': 1000 }).write('[', () => response.destroy()),
    '',
  ],
  [
    'says that it sends more than is taken',
    (_, response) => void response.end(Buffer.alloc(1_100_000, 32)),
    'larger than 1000000 bytes',
  ],
];

describe('a peer that', () => {
  test.each(BAD)('%s is an error without its words', async (_, answer, message) => {
    const { ask } = await start(answer);
    const error = await ask().then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).toContain(message);
    expect(error?.message).not.toContain(SECRET_WORDS);
  });

  test('answers in gzip or brotli is read', async () => {
    const { peer, ask } = await start(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('[{"id":1}]')),
    );
    expect((await ask()).total).toBe(1);
    peer.answer = (_, response) =>
      void response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('[{"id":1}]'));
    expect((await ask()).total).toBe(1);
  });

  test('never answers is given up in its time', async () => {
    const { peer, ask } = await start(() => undefined);
    const took = await milliseconds(expect(ask('timeout="200"')).rejects.toThrow('No answer after 200 ms'));
    expect(took).toBeLessThan(2000);
    await vi.waitFor(() => expect(peer.open()).toBe(0));
  });

  test('drips its answer is given up in the same time, and hears of it', async () => {
    const { peer, ask } = await start(async (_, response) => {
      response.writeHead(200);
      for (let sent = 0; sent < 100 && !response.destroyed; sent++) {
        response.write(' ');
        await wait(50);
      }
    });
    const took = await milliseconds(expect(ask('timeout="300"')).rejects.toThrow('No answer after 300 ms'));
    expect(took).toBeLessThan(2000);
    await vi.waitFor(() => expect(peer.open()).toBe(0));
  });

  test('is not wanted any more hears of it', async () => {
    const { peer, ask } = await start(() => undefined);
    const controller = new AbortController();
    const asked = ask('', controller.signal);
    await vi.waitFor(() => expect(peer.open()).toBe(1));
    controller.abort(new Error('The visitor is gone'));
    await expect(asked).rejects.toThrow('The visitor is gone');
    await vi.waitFor(() => expect(peer.open()).toBe(0));
  });

  test('never stops sending is stopped at the size, with memory bounded', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, 32);
    const { peer, ask } = await start(async (_, response) => {
      for (; !response.destroyed && sent < 500_000_000; sent += chunk.length) if (!response.write(chunk)) await wait(1);
    });
    await expect(ask()).rejects.toThrow('larger than 1000000 bytes');
    await vi.waitFor(() => expect(peer.open()).toBe(0));
    expect(sent).toBeLessThan(20_000_000);
  });

  test('sends 100 MB as 100 KB of gzip is stopped at the size', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 32), { level: 9 });
    const { ask } = await start(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const before = process.memoryUsage().rss;
    const took = await milliseconds(expect(ask()).rejects.toThrow('larger than 1000000 bytes'));
    expect(took).toBeLessThan(3000);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  test('answers others meanwhile is not held up by one that does not', async () => {
    const slow = await start(() => undefined);
    const quick = await start(() => []);
    const waiting = Array.from({ length: 40 }, () => slow.ask('timeout="2000"').catch(() => 'late'));
    expect(await milliseconds(quick.ask())).toBeLessThan(1500);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['late']));
  });
});

describe('a secret', () => {
  test('that is not set is an error that names the variable', async () => {
    const { peer, asker } = await startAsking(() => []);
    const source = `<source address="${peer.address}/:customer"><header name="key" secret="LINTEL_SECRET_NONE"/></source>`;
    await expect(asker.rows(`<metadata name="t" type="list" level="5">${source}</metadata>`)).rejects.toThrow(
      'LINTEL_SECRET_NONE is not set',
    );
    expect(peer.asked).toEqual([]);
  });
});
