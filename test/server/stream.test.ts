import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { LATE, latePanel, rowOf } from '../support/late.ts';
import { type Panel, startPanel } from '../support/panel.ts';

const late = latePanel();
let panel: Panel;
let alice: string;

beforeAll(async () => {
  panel = await startPanel(late.options);
  alice = await panel.signIn('alice');
});
afterAll(() => panel.stop());
beforeEach(() => panel.engine.changed(1));

interface Part {
  readonly text: string;
  readonly ms: number;
}

interface Answer {
  readonly message: IncomingMessage;
  /** What came so far, with the time since the request. */
  readonly parts: Part[];
  readonly whole: Promise<string>;
  text(): string;
  leave(): void;
}

const DECODERS = { br: createBrotliDecompress, gzip: createGunzip };

/** Asks over plain http, so that each chunk is seen when it comes. */
function ask(path = '/home', headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(panel.address + path, { headers: { cookie: alice, ...headers }, agent: false }, (message) => {
      const parts: Part[] = [];
      const decode = DECODERS[message.headers['content-encoding'] as keyof typeof DECODERS];
      const body = decode ? message.pipe(decode()) : message;
      body.setEncoding('utf8');
      body.on('data', (text: string) => parts.push({ text, ms: performance.now() - started }));
      const text = () => parts.map((part) => part.text).join('');
      const whole = new Promise<string>((done) => body.once('close', () => done(text())));
      message.on('error', () => {});
      resolve({ message, parts, whole, text, leave: () => request.destroy() });
    });
    request.on('error', reject);
  });
}

const has = (answer: Answer, text: string) =>
  vi.waitFor(() => expect(answer.text()).toContain(text), { timeout: 3000, interval: 5 });

describe('a page with late blocks', () => {
  test('begins within its budget, with all that is there, and says what is to come', async () => {
    const answer = await ask();
    await has(answer, 'slot="block-accounts"');
    expect(answer.parts[0]?.ms).toBeLessThan(400);
    for (const name of ['taskbar', 'tickets', 'accounts']) expect(answer.text()).toContain(`slot="block-${name}">`);
    for (const name of LATE) expect(answer.text()).toMatch(new RegExp(`id="late-${name}" aria-busy="true"`));
    expect(answer.text()).not.toContain('</html>');
    for (const name of LATE) await late.come(name);
    await answer.whole;
  });

  test('gives each block when it comes, in any order, and then its end', async () => {
    const answer = await ask();
    for (const name of ['wallets', 'orders', 'letters'] as const) {
      await late.come(name);
      await has(answer, `slot="block-${name}">`);
    }
    const text = await answer.whole;
    const order = [...text.matchAll(/class="slotted" slot="block-(\w+)"/g)].map(([, name]) => name);
    expect(order.slice(-3)).toEqual(['wallets', 'orders', 'letters']);
    expect(text.trimEnd()).toMatch(/<\/main>\s*<\/body>\s*<\/html>$/);
    expect(text).not.toContain('\u0003');
  });

  test.each(['br', 'gzip'])('is compressed by %s without holding anything back', async (encoding) => {
    const answer = await ask('/home', { 'accept-encoding': encoding });
    expect(answer.message.headers['content-encoding']).toBe(encoding);
    for (const name of LATE) {
      await late.come(name);
      await has(answer, `id="block-${name}"`);
    }
    expect(await answer.whole).toContain('</html>');
  });

  test('has no ETag, and asks proxies to pass it on', async () => {
    const answer = await ask();
    const { headers, statusCode } = answer.message;
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'transfer-encoding': 'chunked',
      'x-accel-buffering': 'no',
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'private, no-cache',
    });
    expect(headers.etag).toBeUndefined();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    for (const name of LATE) await late.come(name);
    await answer.whole;
  });

  test('is one write with an ETag when its rows are kept', async () => {
    for (let turn = 0; turn < 2; turn++) {
      const answer = await ask();
      if (answer.message.headers.etag) break;
      for (const name of LATE) await late.come(name);
      await answer.whole;
    }
    const { message, whole } = await ask();
    expect(message.headers.etag).toMatch(/^W\//);
    expect(Number(message.headers['content-length'])).toBeGreaterThan(1000);
    expect(await whole).not.toContain('shadowrootmode');
  });

  test('shows a late block that fails as failed, under the id of the log, and its end', async () => {
    const answer = await ask();
    await late.come('orders', new Error('secret: hunter2'));
    await late.come('letters', [{ ...rowOf('letters', 1), customer_id: 2, subject: 'CANARY' }]);
    await late.come('wallets');
    const text = await answer.whole;
    expect(text).not.toMatch(/hunter2|CANARY/);
    expect(text).toContain('</html>');
    const incidents = [...text.matchAll(/<code>([\w-]{8,})<\/code>/g)].map(([, id]) => id);
    expect(incidents).toHaveLength(2);
    for (const incident of incidents)
      expect(panel.logged.filter((entry) => entry.incident === incident)).toHaveLength(1);
  });

  test('says of a late list what is empty in it, and leaves what needs the visitor in its place', async () => {
    const answer = await ask();
    await late.come('orders', 0);
    await late.come('letters', [{ ...rowOf('letters', 1), status: 'waiting' }]);
    await late.come('wallets');
    const text = await answer.whole;
    expect(text).toMatch(/slot="block-letters">\s*<section[\s\S]*?<p class="needs">/);
    expect(text).not.toContain('<slot name="block-letters"></slot>');
  });

  test('stops all work when the visitor leaves, and logs no failure', async () => {
    const failures = () => panel.logged.filter(({ level }) => level === 'error').length;
    const before = failures();
    const answer = await ask();
    await has(answer, 'slot="block-accounts"');
    answer.leave();
    await vi.waitFor(() => expect(LATE.map((name) => late.stopOf(name)?.aborted)).toEqual([true, true, true]), 3000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(failures()).toBe(before);
  });

  test('is logged once, with the time of all of it', async () => {
    const lines = () => panel.logged.filter(({ message, path }) => message === 'request' && path === '/home');
    const before = lines().length;
    const answer = await ask();
    await has(answer, 'slot="block-accounts"');
    expect(lines()).toHaveLength(before);
    await new Promise((resolve) => setTimeout(resolve, 150));
    for (const name of LATE) await late.come(name);
    await answer.whole;
    await vi.waitFor(() => expect(lines()).toHaveLength(before + 1));
    expect(lines().at(-1)).toMatchObject({ status: 200 });
    expect(Number(lines().at(-1)?.ms)).toBeGreaterThan(190);
  });

  test('goes out whole to who cannot take parts', async () => {
    const { hostname, port } = new URL(panel.address);
    const whole = new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), hostname, () =>
        socket.write(`GET /home HTTP/1.0\r\nhost: ${hostname}:${port}\r\ncookie: ${alice}\r\n\r\n`),
      );
      socket
        .on('data', (chunk) => (text += chunk))
        .on('end', () => resolve(text))
        .on('error', reject);
    });
    for (const name of LATE) await late.come(name);
    const text = await whole;
    expect(text).toMatch(/^content-length: \d+/im);
    expect(text).not.toMatch(/transfer-encoding|shadowrootmode/i);
  });
});

describe('a page with other templates and blocks', () => {
  const served = async (files: Record<string, string>) => {
    const other = latePanel();
    other.always(1);
    const own = await startPanel({ ...other.options, files: { ...other.options.files, ...files } });
    other.always(undefined);
    const cookie = await own.signIn('alice');
    const answer = own.get('/home', { cookie });
    return { other, own, text: async () => (await answer).text() };
  };

  test('says that there is nothing where a late block of what is owed shows nothing', async () => {
    const layout = `<doc>
      <block name="debts" position="top" type="state" func="wallets" timeout="20000"/>
      <block name="accounts" position="right" type="list" func="account"><col name="name"/></block></doc>`;
    const { other, own, text } = await served({ 'layouts/billmgr_dashboard_5.xml': layout });
    setTimeout(() => void other.come('wallets', 0), 150);
    expect(await text()).toMatch(/slot="block-debts">\s*<p class="block block-none" id="block-debts">Wallets: nothing/);
    await own.stop();
  });

  test('is served whole when its template knows of no parts', async () => {
    const home =
      '{% extends "page.njk" %}{% block title %}Own{% endblock %}{% block main %}<h1>Own</h1>{% for one in regions.top %}{% outlet one %}{% endfor %}{% endblock %}';
    const { other, own, text } = await served({ 'templates/pages/home.njk': home });
    await new Promise((resolve) => setTimeout(resolve, 150));
    for (const name of LATE) await other.come(name);
    const page = await text();
    expect(page).toContain('<h1>Own</h1>');
    expect(page).toContain('package 2');
    expect(page).not.toContain('slotted');
    await own.stop();
  });
});
