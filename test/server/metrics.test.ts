import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolders, type Serving, serve } from '../support/command.ts';
import { type Panel, startPanel } from '../support/panel.ts';

describe('what staff are told of a page', () => {
  let panel: Panel;
  let [alice, admin] = ['', ''];
  beforeAll(async () => {
    panel = await startPanel();
    [alice, admin] = [await panel.signIn('alice'), await panel.signIn('admin')];
  });
  afterAll(() => panel.stop());

  test('is how long each block took, and for nobody else', async () => {
    const timing = (await panel.get('/home', { cookie: admin })).headers.get('server-timing');
    expect(timing).toMatch(/^[\w-]+;dur=[\d.]+;desc="asked, ready"/);
    expect((await panel.get('/home', { cookie: alice })).headers.get('server-timing')).toBeNull();
  });

  test('is where each block comes from, when they ask', async () => {
    const page = await (await panel.get('/home?why=yes', { cookie: admin })).text();
    expect(page).toMatch(
      /<pre class="why-note"[^>]*>Placed by the layout: list, \w+ \([^)]*billmgr_dashboard_7\.xml:\d+:\d+\)/,
    );
    expect(page).toMatch(/Rows of &quot;[\w.]+&quot;: (asked for|kept)/);
    expect(await (await panel.get('/home', { cookie: admin })).text()).not.toContain('why-note');
    expect(await (await panel.get('/home?why=yes', { cookie: alice })).text()).not.toContain('why-note');
  });
});

describe('/metrics', () => {
  const folders = createFolders();
  let serving: Serving;
  let metrics = '';
  beforeAll(async () => {
    const cwd = await folders.make();
    serving = await serve({ cwd, env: { LINTEL_METRICS: '0' } });
    metrics = /"address":"(http[^"]+\/metrics)"/.exec(serving.stdout())?.[1] ?? '';
  });
  afterAll(async () => {
    serving.signal('SIGTERM');
    await serving.ended;
    await folders.remove();
  });

  const read = async () => (await fetch(metrics)).text();

  test('counts calls, blocks and answers, and nothing that names a customer', async () => {
    const { address } = serving;
    const answer = await fetch(`${address}/signin`, {
      method: 'POST',
      body: new URLSearchParams({ login: 'alice', password: 'demo' }),
      headers: { 'Sec-Fetch-Site': 'same-origin' },
      redirect: 'manual',
    });
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    for (let time = 0; time < 3; time += 1) await (await fetch(`${address}/home`, { headers: { cookie } })).text();
    const text = await read();
    expect(text).toMatch(/lintel_provider_call_seconds_count\{func="ticket",outcome="answered"\} \d/);
    expect(text).toMatch(/lintel_block_seconds_count\{block="tickets",func="ticket",outcome="ready",from="asked"\} \d/);
    expect(text).toMatch(/lintel_request_seconds_count\{route="\/home",status="200"\} 3/);
    expect(text).toContain('lintel_content_revision 1');
    expect(text).toContain('lintel_content_problems{severity="error"} 0');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toMatch(/alice|Morgan/);
  });

  test('is at its own address alone', async () => {
    expect((await fetch(`${serving.address}/metrics`)).status).toBe(404);
    expect((await fetch(metrics.replace('/metrics', '/home'))).status).toBe(404);
  });
});
