import { afterAll, describe, expect, test, vi } from 'vitest';
import { type Bed, postgresBed, sqliteBed } from '../database/beds.ts';
import { createFolders, type Serving, serve } from '../support/command.ts';

const folders = createFolders();
const beds = [await sqliteBed(), await postgresBed()].filter((bed): bed is Bed => typeof bed !== 'string');
const running: Serving[] = [];
afterAll(async () => {
  for (const one of running) one.signal('SIGTERM');
  await Promise.all(running.map(({ ended }) => ended));
  for (const bed of beds) await bed.stop();
  await folders.remove();
});

describe.each(beds)('two servers on one $name', (bed) => {
  test('are one: what is done at one is at once on pages of the other', async () => {
    const cwd = await folders.make();
    const env = { DATABASE_URL: await bed.create() };
    const [one, two] = [await serve({ cwd, env }), await serve({ cwd, env })];
    running.push(one, two);
    const cookie = await signIn(one.address);
    const page = async (at: Serving) => (await fetch(`${at.address}/home`, { headers: { cookie } })).text();
    // Kept from the second time on.
    for (let count = 0; count < 3; count += 1) expect(await page(two)).toContain('name="version"');

    const events = await fetch(`${two.address}/events`, { headers: { cookie } });
    let heard = '';
    const read = async () => {
      const decoder = new TextDecoder();
      for await (const chunk of events.body ?? []) heard += decoder.decode(chunk as Uint8Array);
    };
    void read().catch(() => {});

    const html = await page(one);
    const [, path = '', notice = '', version = ''] =
      /action="(\/notice\/\w+)"><input type="hidden" name="notice" value="([^"]+)"><input type="hidden" name="version" value="([^"]+)"/.exec(
        html,
      ) ?? [];
    const done = await post(one.address, path, { notice, version }, cookie);
    expect(done.status).toBe(303);
    await vi.waitFor(() => expect(heard).toContain('event: changed'), { timeout: 1000 });
    expect(await page(two)).not.toContain(version);
    expect(await page(one)).not.toContain(version);
  });
});

function post(address: string, path: string, fields: Record<string, string>, cookie = ''): Promise<Response> {
  const headers = { origin: address, cookie };
  return fetch(address + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });
}

async function signIn(address: string): Promise<string> {
  const answer = await post(address, '/signin', { login: 'alice', password: 'demo' });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
