import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolders, lintel, serve } from '../support/command.ts';
import { startPeer, type TestPeer } from '../support/peer.ts';

const DEFINITION = `<mgrdata>
  <metadata name="incident" type="list" keyname="subject" level="5">
    <source address="PEER/:customer" rows="items">
      <header name="authorization" secret="LINTEL_SECRET_CRM"/><value name="subject" path="title"/>
    </source>
    <coldata><col name="subject" sort="alpha" sorted="yes"/></coldata>
  </metadata>
  <lang name="en"><messages name="incident"><msg name="title">Incidents</msg><msg name="subject">Subject</msg></messages></lang>
  <lang name="ru"><messages name="incident"><msg name="title">Сбои</msg><msg name="subject">Тема</msg></messages></lang>
</mgrdata>`;

const folders = createFolders();
let peer: TestPeer;
let cwd: string;
let env: Record<string, string>;
beforeAll(async () => {
  peer = await startPeer(({ path }) => ({ items: [{ id: 1, customer_id: path.slice(1), title: 'Disk is full' }] }));
  cwd = await folders.make({
    'content/layouts/billmgr_dashboard_5.xml':
      '<doc><block name="incidents" title="Incidents" position="top" type="list" func="incident" cache="0"><col name="subject"/></block></doc>',
    'content/data/incident.xml': DEFINITION.replace('PEER', peer.address),
  });
  env = { DATABASE_URL: 'sqlite:panel.sqlite', LINTEL_CONTENT: 'content', LINTEL_SOURCES: peer.allowed };
});
afterAll(async () => void (await Promise.all([folders.remove(), peer.stop()])));

test('lintel check calls no host', async () => {
  const { stdout } = await lintel(['check', 'content/data/incident.xml'], { cwd, env });
  expect(stdout).toBe('No problems in 1 file.\n');
  const { code, stdout: refused } = await lintel(
    ['check', 'content/data/incident.xml', '--lintel-sources', 'crm.example.com'],
    { cwd },
  );
  expect(refused).toContain('[unsafe-source]');
  expect(code).toBe(1);
  expect(peer.asked).toEqual([]);
});

test('lintel serve shows rows of another host, with a secret that stands nowhere', async () => {
  const serving = await serve({ cwd, env: { ...env, LINTEL_SECRET_CRM: 'crm-key' } });
  const form = new URLSearchParams({ login: 'alice', password: 'demo' });
  const headers = { origin: serving.address };
  const signedIn = await fetch(`${serving.address}/signin`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: form,
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const home = async () => (await fetch(`${serving.address}/home`, { headers: { cookie } })).text();
  expect(await home()).toContain('Disk is full');
  expect(peer.asked.at(-1)?.headers.authorization).toBe('crm-key');
  peer.answer = (_, response) => void response.writeHead(503).end('PEER-WORDS');
  expect(await home()).not.toContain('PEER-WORDS');
  serving.signal('SIGTERM');
  const { code, stdout } = await serving.ended;
  expect(stdout).toMatch(/"block":"incidents".*answers 503/);
  expect(stdout).not.toMatch(/crm-key|PEER-WORDS/);
  expect(code).toBe(0);
  const why = await lintel(['why', 'incidents', '--as', 'alice'], {
    cwd,
    env: { ...env, LINTEL_SECRET_CRM: 'crm-key' },
  });
  expect(why.stdout).toContain('incidents: shown');
  expect(why.stderr).toContain('answers 503');
});
