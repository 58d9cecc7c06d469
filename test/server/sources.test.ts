import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LayoutError } from '../../src/layout-error.ts';
import { readPeers } from '../../src/peers.ts';
import { type FamilyPanel, startFamilyPanel } from '../support/family-panel.ts';
import { ownFile, type Panel, startPanel } from '../support/panel.ts';
import { type Answer, startPeer, type TestPeer } from '../support/peer.ts';

const LAYOUT = `<doc>
  <block name="machines" position="top" type="list" func="machine" cache="0" timeout="1500">
    <col name="name"/><col name="price"/><col name="till"/>
  </block>
  <block name="incidents" position="left" type="list" func="incident" cache="0" timeout="1500">
    <col name="subject"/><col name="since"/><col name="credit"/>
  </block>
  <block name="tickets" position="right" type="list" func="ticket" rows="3"><col name="subject"/></block>
</doc>`;

const title = (name: string, texts: Readonly<Record<string, string>>) =>
  `<messages name="${name}">${Object.entries(texts)
    .map(([key, text]) => `<msg name="${key}">${text}</msg>`)
    .join('')}</messages>`;
const TEXTS = `<mgrdata><lang name="en">
  ${title('dashboard', { machines: 'Machines', incidents: 'Incidents', tickets: 'Tickets' })}
  ${title('machine', { title: 'Machines', name: 'Name', price: 'Price', till: 'Paid till' })}
  ${title('incident', { title: 'Incidents', subject: 'Subject', since: 'Since', credit: 'Credit' })}
</lang></mgrdata>`;

/** The definitions of the manual. */
const [CRM = '', MACHINES = ''] = [
  ...readFileSync(ownFile('data/README.md'), 'utf8').matchAll(/```xml\n([\s\S]*?)```/g),
]
  .map(([, xml]) => xml ?? '')
  .filter((xml) => xml.includes('<source'));

const INCIDENT = {
  id: 7,
  title: 'Disk & <i>fan</i>',
  client: { id: 1 },
  started_at: 1773480413,
  credit: { amount: 12.5, currency: 'EUR' },
};
const items =
  (...rows: readonly object[]): Answer =>
  () => ({ data: { items: rows, total: rows.length } });

let panel: Panel;
let family: FamilyPanel;
let crm: TestPeer;
let alice: { cookie: string; customer: number };
beforeAll(async () => {
  [family, crm] = await Promise.all([startFamilyPanel(), startPeer(() => undefined)]);
  const secrets: Readonly<Record<string, string>> = {
    LINTEL_SECRET_CRM: 'crm-key',
    LINTEL_SECRET_PANEL: 'lintel:pass:word',
  };
  panel = await startPanel({
    files: {
      'layouts/billmgr_dashboard_5.xml': LAYOUT,
      'layouts/lang/own.xml': TEXTS,
      'data/incident.xml': CRM.replace('https://crm.example.com', crm.address),
      'data/machine.xml': MACHINES.replace('https://panel.example.com:1500', family.address),
    },
    sources: { peers: readPeers(`${crm.allowed} ${family.allowed}`), secret: (variable) => secrets[variable] },
  });
  const { customer } = await panel.database.knex('user').first('customer_id as customer').where({ login: 'alice' });
  alice = { cookie: await panel.signIn('alice'), customer };
});
beforeEach(() => {
  crm.answer = items({ ...INCIDENT, client: { id: alice.customer } });
});
afterAll(async () => void (await Promise.all([panel.stop(), family.stop(), crm.stop()])));

const get = async (path: string) => {
  const answer = await panel.get(path, { cookie: alice.cookie });
  return { status: answer.status, text: await answer.text() };
};
const failures = () => panel.logged.filter(({ level }) => level === 'error');

describe('a home page with lists of other hosts', () => {
  test('shows the machines of a panel and the incidents of a service', async () => {
    const { status, text } = await get('/home');
    expect(status).toBe(200);
    for (const shown of [
      'web1.alice.example',
      '&lt;b&gt;mail&lt;/b&gt;.alice.example',
      '&#8364;12.50',
      'Disk &amp; &lt;i&gt;fan&lt;/i&gt;',
      'Mar 14, 2026',
    ])
      expect(text).toContain(shown);
    expect(text).not.toMatch(/shop\.bob|pass:word|crm-key|session-\d/);
    expect(crm.asked.at(-1)).toMatchObject({
      path: `/v1/customers/${alice.customer}/incidents`,
      headers: { authorization: 'Bearer crm-key' },
    });
    expect(failures()).toEqual([]);
  });

  test('leads to their pages, which sort, search and turn', async () => {
    const { text } = await get('/list/machine?sort=-name');
    expect(text.indexOf('web1.alice')).toBeLessThan(text.indexOf('db1.alice'));
    expect(family.asked.at(-1)?.params.get('p_order')).toBe('desc');
    const found = await get('/list/machine?find=DB1');
    expect(found.text).toContain('db1.alice.example');
    expect(found.text).not.toContain('web1.alice.example');
    const csv = await get('/list/machine?out=csv');
    expect(csv.text.trim().split('\n')).toHaveLength(4);
  });

  test.each<[string, Answer]>([
    ['throws', (_, response) => void response.writeHead(500).end('PEER-WORDS')],
    ['hangs', () => undefined],
    ['answers garbage', (_, response) => void response.end('PEER-WORDS')],
    ['answers too much', (_, response) => void response.end(`["${'PEER-WORDS'.repeat(200_000)}"]`)],
    [
      'dies mid-stream',
      (_, response) =>
        void response.writeHead(200, { 'content-length': 99 }).write('{"PEER-WORDS', () => response.destroy()),
    ],
    ['redirects inside', (_, response) => void response.writeHead(302, { location: family.address }).end('PEER-WORDS')],
    ['gives rows of another customer', items({ ...INCIDENT, title: 'PEER-WORDS', client: { id: 999_999 } })],
    ['gives rows of nobody', items({ ...INCIDENT, title: 'PEER-WORDS', client: null })],
  ])(
    'keeps its other blocks when one peer %s, and says so in the log under the id that the block shows',
    async (_, answer) => {
      // One that failed again and again would be left alone.
      await get('/home');
      crm.answer = answer;
      const before = failures().length;
      const began = performance.now();
      const { status, text } = await get('/home');
      expect(performance.now() - began).toBeLessThan(4000);
      expect(status).toBe(200);
      expect(text).toContain('web1.alice.example');
      expect(text).not.toContain('PEER-WORDS');
      const [entry, ...others] = failures().slice(before);
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ block: 'incidents', func: 'incident' });
      expect(text).toContain(String(entry?.incident));
      expect(JSON.stringify(entry)).not.toMatch(/crm-key|PEER-WORDS/);
    },
  );

  test('does not start with a host that may not be called', async () => {
    const data = { 'data/incident.xml': CRM, 'layouts/lang/own.xml': TEXTS };
    const refused = await startPanel({ files: data }).catch((error: LayoutError) => error);
    const errors = 'diagnostics' in refused ? refused.diagnostics.filter(({ severity }) => severity === 'error') : [];
    expect(errors.map(({ code }) => code)).toEqual(['unsafe-source']);
  });
});
