import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineProvider } from '../../src/index.ts';
import { type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';

const asked: string[] = [];

/** A provider that tells when it is asked, with a row for each customer. */
const provider = (name: string) =>
  defineProvider({
    name,
    key: 'id',
    level: '5',
    columns: [{ name: 'id' }, { name: 'state', type: 'msg', props: [{ name: 'bad', on: 'p-error' }] }],
    sample: [{ id: 1, state: 'bad', customer_id: 1 }],
    async rows({ customer }) {
      asked.push(name);
      return [1, 2, 3].map((id) => ({ id, state: id === 1 ? 'good' : 'bad', customer_id: customer }));
    },
  });

const NAMES = ['open', 'folded', 'hidden', 'secret', 'locked'];
const block = (name: string, more = '') =>
  `<block name="${name}" position="left" type="list" func="${name}.list" ${more}><col name="id"/><col name="state"/></block>`;
const LAYOUT = `<doc>${block('open')}${block('folded', 'display="min"')}${block('hidden')}${block('secret', 'level="7"')}
  ${block('locked', 'lock="position presence collapse"')}</doc>`;
const TEXTS = `<mgrdata><lang name="en"><messages name="dashboard"><msg name="locked_lock">Shown while an invoice is overdue.</msg></messages>
  ${NAMES.map((name) => `<messages name="${name}.list"><msg name="title">The ${name} one</msg><msg name="id">Id</msg><msg name="state">State</msg><msg name="state_bad">Overdue</msg></messages>`).join('')}</lang></mgrdata>`;

let panel: Panel;
let alice: string;
beforeAll(async () => {
  panel = await startPanel({
    files: { 'layouts/billmgr_dashboard_5.xml': LAYOUT, 'layouts/lang/own.xml': TEXTS },
    additions: { providers: NAMES.map((name) => provider(`${name}.list`)) },
  });
  alice = await panel.signIn('alice');
});
afterAll(() => panel.stop());

const act = (what: string, name: string) => panel.post('/customise', { act: what, block: name }, { cookie: alice });
const home = async () => {
  asked.length = 0;
  return readable(await (await panel.get('/home', { cookie: alice })).text());
};

describe('a provider', () => {
  test('is not asked for a block that is folded by the layout, or that the level may not see', async () => {
    const page = await home();
    expect(asked.toSorted()).toEqual(['hidden.list', 'locked.list', 'open.list']);
    expect(page).toMatch(/is-folded" id="block-folded".*The folded one<\/h2>/s);
    expect(page).not.toContain('The secret one');
  });

  test('is not asked for a block that the visitor hides or folds, however often', async () => {
    await act('hide', 'hidden');
    await act('fold', 'open');
    for (let times = 0; times < 4; times += 1) {
      await home();
      panel.clock = new Date(panel.clock.getTime() + 60_000);
      expect(asked.filter((name) => name !== 'locked.list')).toEqual([]);
    }
    expect(await home()).toMatch(/id="block-open".*class="count">3<.*tone-error">Overdue: 2</s);
  });

  test('is asked when the block is opened or shown', async () => {
    await act('open', 'folded');
    await act('open', 'open');
    await act('show', 'hidden');
    await home();
    expect(asked).toEqual(expect.arrayContaining(['folded.list', 'hidden.list', 'open.list']));
  });
});

describe('a lock', () => {
  test('is told with its reason, and has no buttons', async () => {
    const page = readable(await (await panel.get('/customise', { cookie: alice })).text());
    const card = /id="locked-card".*?<\/form>/s.exec(page)?.[0] ?? '';
    expect(card).toContain('Shown while an invoice is overdue.');
    for (const what of ['up', 'down', 'top', 'hide', 'fold']) expect(card).not.toContain(`value="${what}"`);
    expect(await home()).not.toMatch(/name="block" value="locked"/);
  });

  test('holds against whoever sends a change all the same', async () => {
    for (const what of ['up', 'top', 'hide', 'fold']) expect((await act(what, 'locked')).status, what).toBe(409);
    expect((await act('hide', 'secret')).status).toBe(409);
  });
});
