import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/peer.ts';
import { startAsking } from '../support/source.ts';

async function start(answer: Answer) {
  const { peer, asker } = await startAsking(answer);
  const tickets = (source: string, columns = '<col name="subject"/>') =>
    `<metadata name="ticket" type="list" keyname="subject" level="5">${source.replace('PEER', peer.address)}<coldata>${columns}</coldata></metadata>`;
  return { peer, rows: asker.rows, tickets };
}

const TRUSTED = '<source address="PEER/of/:customer" trusted="yes"/>';

describe('a source', () => {
  test('gives the fields of rows that the definition names, from where they are in the answer', async () => {
    const { rows, tickets } = await start(() => ({
      data: {
        items: [
          {
            id: 1,
            title: 'Down',
            client: { id: '17' },
            cost: 12.5,
            currency: 'EUR',
            at: 1773480413,
            open: true,
            tags: ['a'],
          },
          {
            id: 2,
            title: null,
            client: { id: 17 },
            cost: '1 007,05',
            currency: 'JPY',
            at: '2026-03-14 09:26:53',
            open: 0,
          },
        ],
        total: 2,
      },
    }));
    const source = `<source address="PEER/:customer" rows="data.items" total="data.total" owner="client.id">
      <value name="subject" path="title"/><value name="cost" as="money"/><value name="at" as="moment"/><value name="open" as="flag"/>
    </source>`;
    const found = await rows(
      tickets(source, '<col name="subject"/><col name="cost" type="money"/><col name="tags" type="list"/>'),
    );
    expect(found.rows).toEqual([
      {
        id: 1,
        subject: 'Down',
        customer_id: 17,
        cost: 1250,
        currency: 'EUR',
        tags: '["a"]',
        at: '2026-03-14T09:26:53Z',
        open: 'on',
      },
      {
        id: 2,
        subject: null,
        customer_id: 17,
        cost: 1007,
        currency: 'JPY',
        tags: null,
        at: '2026-03-14T09:26:53Z',
        open: 'off',
      },
    ]);
  });

  test('is asked with placeholders that are encoded, headers with secrets, and params', async () => {
    const { peer, rows, tickets } = await start(() => []);
    const source = `<source address="PEER/u/:login/x?l=:language" trusted="yes">
      <header name="Authorization" value="Bearer :secret" secret="LINTEL_SECRET_CRM"/>
      <param name="who[]" value="#:customer"/><param name="key" secret="LINTEL_SECRET_CRM"/>
    </source>`;
    await rows(tickets(source), { scope: { login: 'a/../b?c=d&e#%2e' } });
    const [asked] = peer.asked;
    expect(asked?.path).toBe('/u/a%2F..%2Fb%3Fc%3Dd%26e%23%252e/x');
    expect(Object.fromEntries(asked?.params ?? [])).toEqual({ l: 'en', 'who[]': '#17', key: 'crm-key' });
    expect(asked?.headers).toMatchObject({ authorization: 'Bearer crm-key', accept: 'application/json' });
  });

  test.each([
    ['form', 'application/x-www-form-urlencoded', 'customer=17&zone=a%26b'],
    ['json', 'application/json', '{"customer":"17","zone":"a&b"}'],
  ])('sends its params in the body of a POST as %s', async (body, type, sent) => {
    const { peer, rows, tickets } = await start(() => []);
    const source = `<source address="PEER/" method="POST" body="${body}" trusted="yes"><param name="customer" value=":customer"/><param name="zone" value="a&amp;b"/></source>`;
    await rows(tickets(source));
    expect(peer.asked).toMatchObject([{ method: 'POST', body: sent, headers: { 'content-type': type } }]);
  });

  test.each(['..', '.', '%2e%2E'])('is not asked when %s would lead to another path', async (login) => {
    const { peer, rows, tickets } = await start(() => []);
    const asked = rows(tickets('<source address="PEER/u/:login/x" trusted="yes"/>'), { scope: { login } });
    if (login.startsWith('%')) await asked;
    else await expect(asked).rejects.toThrow('another path');
    expect(peer.asked.map(({ path }) => path)).toEqual(login.startsWith('%') ? ['/u/%252e%252E/x'] : []);
  });

  test('has no rows for somebody who is no customer, and is not asked', async () => {
    const { peer, rows, tickets } = await start(() => [{ id: 1 }]);
    expect(await rows(tickets(TRUSTED), { scope: { customer: null } })).toEqual({ rows: [], total: 0 });
    expect(peer.asked).toEqual([]);
  });

  test('says whose a row is as the peer says it, so that a foreign one is seen', async () => {
    const { rows, tickets } = await start(() => [{ id: 1, customer_id: '18' }, { id: 2 }, { id: 3, customer_id: '' }]);
    const found = await rows(tickets('<source address="PEER/of/:customer"/>'));
    expect(found.rows.map((row) => row.customer_id)).toEqual([18, null, null]);
  });

  test('has rows of the customer who asks when it is trusted', async () => {
    const { rows, tickets } = await start(() => [{ id: 1, customer_id: 99 }]);
    expect((await rows(tickets(TRUSTED))).rows).toMatchObject([{ customer_id: 17 }]);
  });

  test('names no row by what every object has', async () => {
    const { rows, tickets } = await start(() => [JSON.parse('{"id":1,"__proto__":{"subject":"x"}}')]);
    const found = await rows(tickets(TRUSTED, '<col name="subject"/><col name="constructor"/>'));
    expect(found.rows).toMatchObject([{ id: 1, subject: null, constructor: null }]);
  });
});

const ALL = Array.from({ length: 230 }, (_, index) => ({ id: index + 1, subject: `Ticket ${(index * 7) % 230}` }));
const paged: Answer = ({ params }) => {
  const size = Number(params.get('limit') ?? ALL.length);
  const offset = params.has('page') ? (Number(params.get('page')) - 1) * size : Number(params.get('offset') ?? 0);
  const by = params.get('sort');
  const way = params.get('order') === 'desc' ? -1 : 1;
  const sorted = by ? ALL.toSorted((a, b) => way * (a[by as 'id'] < b[by as 'id'] ? -1 : 1)) : ALL;
  return { items: sorted.slice(offset, offset + size), total: ALL.length };
};
const sort = [
  { column: 'subject', descending: true },
  { column: 'id', descending: true },
];
const WAYS = [
  ['that gives all at once', '', ''],
  ['that has pages and sorts', 'paging="page"', 'page=:page&amp;limit=:limit&amp;sort=:sort&amp;order=:order&amp;'],
  [
    'that has offsets and sorts',
    'paging="offset" size="40"',
    'offset=:offset&amp;limit=:limit&amp;sort=:sort&amp;order=:order&amp;',
  ],
  ['that has pages and sorts nothing', 'paging="page" size="100"', 'page=:page&amp;limit=:limit&amp;'],
  [
    'that says that it has pages and gives all',
    'paging="page" size="40"',
    'p=:page&amp;sort=:sort&amp;order=:order&amp;',
  ],
] as const;

describe.each(WAYS)('a peer %s', (_, attributes, address) => {
  const source = `<source address="PEER/?${address}c=:customer" rows="items" total="total" trusted="yes" ${attributes}/>`;
  const wanted = ALL.toSorted((a, b) => (a.subject < b.subject ? 1 : -1)).map(({ id }) => id);

  test.each([
    [0, 5],
    [25, 26],
    [90, 101],
    [220, 26],
    [400, 10],
  ])('gives the rows from %i, %i of them', async (offset, limit) => {
    const { rows, tickets } = await start(paged);
    const found = await rows(tickets(source), { query: { sort }, window: { offset, limit } });
    expect(found.rows.map(({ id }) => id)).toEqual(wanted.slice(offset, offset + limit));
    expect(found.total).toBe(230);
  });

  test('gives all rows, and those that are found', async () => {
    const { rows, tickets } = await start(paged);
    const all = await rows(tickets(source), { query: { sort }, window: { limit: undefined } });
    expect(all.rows.map(({ id }) => id)).toEqual(wanted);
    const filter = { texts: ['subject'], coded: [], states: [] };
    const sought = { find: 'Ticket 22', coded: {}, states: {} };
    const found = await rows(tickets(source), { query: { sort, filter }, window: { limit: 3, sought } });
    expect(found.total).toBe(11);
  });
});

describe('a peer with pages', () => {
  const source =
    '<source address="PEER/?page=:page&amp;limit=:limit&amp;sort=:sort&amp;c=:customer" rows="items" total="total" trusted="yes" paging="page"/>';

  test('is asked once for what a block shows', async () => {
    const { peer, rows, tickets } = await start(paged);
    await rows(tickets(source), { query: { sort } });
    expect(peer.asked).toHaveLength(1);
  });

  test('is asked to sort by its own name of the field', async () => {
    const { peer, rows, tickets } = await start(paged);
    await rows(tickets(source.replace('/>', '><value name="subject" path="title"/></source>')), { query: { sort } });
    expect(peer.asked[0]?.params.get('sort')).toBe('title');
  });

  test('fails when its pages are shorter than it is asked for', async () => {
    const { rows, tickets } = await start(() => ({ items: ALL.slice(0, 30), total: 230 }));
    await expect(rows(tickets(source), { query: { sort }, window: { limit: 50 } })).rejects.toThrow(
      'Page 1 has 30 rows of 100',
    );
  });

  test('fails when it has no end', async () => {
    const { peer, rows, tickets } = await start(() => ({ items: ALL.slice(0, 100), total: 1e9 }));
    await expect(rows(tickets(source), { window: { limit: undefined } })).rejects.toThrow('more than 5000 rows');
    expect(peer.asked).toHaveLength(51);
  });
});
