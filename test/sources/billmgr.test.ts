import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FamilyPanel, MACHINES, startFamilyPanel } from '../support/family-panel.ts';
import { type Asker, createAsker } from '../support/source.ts';

let panel: FamilyPanel;
let asker: Asker;
beforeAll(async () => void (panel = await startFamilyPanel()));
beforeEach(() => {
  panel.endSessions();
  panel.signIns = 0;
  panel.asked.splice(0);
  asker = createAsker(panel.allowed);
});
afterEach(() => asker.close());
afterAll(() => panel.stop());

const machines = (attributes = '', { level = '5', values = '' } = {}) => {
  const secret = attributes.includes('secret=') ? '' : 'secret="LINTEL_SECRET_PANEL"';
  const func = attributes.includes('func=') ? '' : 'func="vds"';
  return `<metadata name="machine" type="list" keyname="name" level="${level}">
    <source type="billmgr" address="${panel.address}/billmgr" ${func} ${secret} ${attributes}>${values}</source>
    <coldata><col name="name"/><col name="state"/><col name="till"/></coldata>
  </metadata>`;
};
const sort = [
  { column: 'till', descending: true },
  { column: 'id', descending: true },
];

describe('a source of a panel', () => {
  test('gives the rows of the visitor, who is asked for by login', async () => {
    const { rows, total } = await asker.rows(machines(), { query: { sort } });
    expect(total).toBe(3);
    expect(rows.map(({ id, name, customer_id, till }) => [id, name, customer_id, till])).toEqual([
      ['13', '<b>mail</b>.alice.example', 17, '2026-05-09'],
      ['11', 'web1.alice.example', 17, '2026-04-01'],
      ['12', 'db1.alice.example', 17, '2026-03-20'],
    ]);
    expect(Object.fromEntries(panel.asked.at(-1)?.params ?? [])).toEqual({
      ...{ func: 'vds', out: 'json', sfrom: 'ajax', su: 'alice', lang: 'en', auth: 'session-1' },
      ...{ p_num: '1', p_cnt: '100', p_sort: 'till', p_order: 'desc' },
    });
  });

  test('gives a single row, which the panel writes without a list, and none', async () => {
    const bob = { scope: { login: 'bob', customer: 18 } };
    expect((await asker.rows(machines(), bob)).rows).toMatchObject([{ name: 'shop.bob.example', customer_id: 18 }]);
    const nora = { scope: { login: 'nora' } };
    await expect(asker.rows(machines(), nora)).rejects.toThrow('User nora does not exist');
  });

  test('gives staff what the panel itself sees', async () => {
    const staff = { scope: { customer: null, level: 7, login: 'admin' } };
    expect((await asker.rows(machines('', { level: '7' }), staff)).total).toBe(4);
    expect(panel.asked.at(-1)?.params.has('su')).toBe(false);
  });

  test('reads money, and what a cell says beside its text', async () => {
    const values = '<value name="cost" as="money"/><value name="exact" path="cost@orig"/><value name="currency"/>';
    const { rows } = await asker.rows(machines('', { values }));
    expect(rows[0]).toMatchObject({ cost: 1250, exact: '12.500', currency: 'EUR' });
  });

  test('asks for pages, and for several where rows are found or added up here', async () => {
    const many = Array.from({ length: 250 }, (_, index) => ({ id: String(1000 + index), name: `m${index % 7}` }));
    const large = await startFamilyPanel({ alice: many });
    const other = createAsker(large.allowed);
    const source = machines().replace(panel.address, large.address);
    const page = await other.rows(source, {
      query: { sort: [{ column: 'id', descending: false }] },
      window: { offset: 95, limit: 10 },
    });
    expect(page.rows.map(({ id }) => id)).toEqual(many.slice(95, 105).map(({ id }) => id));
    expect(page.total).toBe(250);
    const filter = { texts: ['name'], coded: [], states: [] };
    const sought = { find: 'm3', coded: {}, states: {} };
    const found = await other.rows(source, { query: { filter }, window: { sought } });
    expect(found.total).toBe(many.filter(({ name }) => name === 'm3').length);
    await other.close();
    await large.stop();
  });

  test('keeps what signs it in out of every address', async () => {
    await asker.rows(machines('auth="authinfo"'));
    await asker.rows(machines());
    expect(panel.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(3).fill('POST /billmgr'));
  });
});

describe('the session of a panel', () => {
  test('is kept, and begun once however many ask', async () => {
    await Promise.all(Array.from({ length: 30 }, () => asker.rows(machines())));
    expect(panel.signIns).toBe(1);
  });

  test('is renewed once when it has ended', async () => {
    await asker.rows(machines());
    panel.endSessions();
    await Promise.all(Array.from({ length: 30 }, () => asker.rows(machines())));
    expect(panel.signIns).toBe(2);
  });

  test('is renewed when the panel shows where to sign in', async () => {
    const { answer } = panel;
    let shown = 0;
    panel.answer = (asked, response) =>
      asked.params.get('func') === 'vds' && (shown += 1) === 1 ? { doc: { $func: 'logon' } } : answer(asked, response);
    expect((await asker.rows(machines())).total).toBe(3);
    expect(panel.signIns).toBe(2);
    panel.answer = answer;
  });

  test('is not begun without end when the panel refuses each', async () => {
    const { answer } = panel;
    panel.answer = (asked, response) => {
      if (asked.params.get('func') === 'vds') panel.endSessions();
      return answer(asked, response);
    };
    await expect(asker.rows(machines())).rejects.toThrow('The session has ended');
    expect(panel.asked).toHaveLength(4);
    panel.answer = answer;
  });

  test('is not needed with authinfo', async () => {
    expect((await asker.rows(machines('auth="authinfo"'))).total).toBe(MACHINES.alice?.length);
    expect(panel.signIns).toBe(0);
  });

  test('that cannot be had is an error without the password, and is tried again', async () => {
    const refused = asker.rows(machines('secret="LINTEL_SECRET_WRONG"'));
    await expect(refused).rejects.toThrow(/refuses vds: Wrong password …$/);
    await expect(asker.rows(machines('secret="LINTEL_SECRET_WRONG"'))).rejects.toThrow('Wrong password');
    expect(panel.asked.map(({ params }) => params.get('func'))).toEqual(['auth', 'auth']);
  });
});

describe('an error of a panel', () => {
  test('is told to staff, in short and without what signs in', async () => {
    const { answer } = panel;
    panel.answer = ({ params }, response) =>
      params.get('func') === 'auth'
        ? answer({ params } as never, response)
        : { doc: { error: { $type: 'x', msg: { $: `auth=${params.get('auth')} ${'long '.repeat(100)}` } } } };
    const error = await asker.rows(machines()).catch((reason: Error) => reason);
    expect(String(error)).toContain('refuses vds: auth=… long long');
    expect(String(error).length).toBeLessThan(300);
    panel.answer = answer;
  });

  test.each([[{}], [[]], [{ doc: null }], [{ doc: 'x' }]])(
    'is said of %j, which is no answer of a panel',
    async (json) => {
      const { answer } = panel;
      panel.answer = () => json;
      await expect(asker.rows(machines())).rejects.toThrow('answers no doc');
      panel.answer = answer;
    },
  );
});
