import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../src/engine.ts';
import { defineProvider, type Scope } from '../src/provider.ts';
import { type Bed, startBed } from './support/bed.ts';
import { readable } from './support/readable.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const notice = (name: string, rest = '') => `<block name="${name}" position="top" type="notice" ${rest}/>`;
const messages = (texts: Readonly<Record<string, string>>, language = 'en') =>
  `<mgrdata><lang name="${language}"><messages name="dashboard">${Object.entries(texts)
    .map(([key, text]) => `<msg name="${key}"><![CDATA[${text}]]></msg>`)
    .join('')}</messages></lang></mgrdata>`;

let bed: Bed;
let alice: Scope;
beforeAll(async () => {
  bed = await startBed();
  alice = await bed.scopeOf('alice');
});
afterAll(() => bed.stop());

const engineOf = (blocks: string, texts: Readonly<Record<string, string>> = {}, files = {}) =>
  bed.engine({ [LAYOUT]: `<doc>${blocks}</doc>`, 'layouts/lang/own.xml': messages(texts), ...files });
const pageOf = async (engine: Engine, scope: Scope) => readable(String((await engine.home(scope)).body));
const at = (moment: string, change: Partial<Scope> = {}): Scope => ({ ...alice, now: new Date(moment), ...change });

/** What a notice of a page sends when it is put away. */
function forms(page: string): { block: string; notice: string; version: string }[] {
  const form =
    /action="\/notice\/([^"]+)"><input type="hidden" name="notice" value="([^"]+)"><input type="hidden" name="version" value="([^"]+)"/g;
  return [...page.matchAll(form)].map(([, block = '', name = '', version = '']) => ({ block, notice: name, version }));
}

describe('a notice with a text', () => {
  test('is drawn as Markdown, with its kind and heading', async () => {
    const engine = await engineOf(notice('move', 'kind="maintenance"'), {
      move: 'We <move>',
      move_text: '**Tonight**, see [the plan](https://status.example.com/plan).',
    });
    const page = await pageOf(engine, alice);
    expect(page).toContain('Maintenance<span class="vh">:</span></span> We &lt;move&gt;</h2>');
    expect(page).toContain(
      '<p><strong>Tonight</strong>, see <a href="https://status.example.com/plan" target="_blank"',
    );
  });

  test('is there from its first day to its last, in the visitor’s zone', async () => {
    const engine = await engineOf(notice('move', 'title="Moving" from="2026-03-14" until="2026-03-15"'));
    const isThere = async (moment: string, zone: string) =>
      (await pageOf(engine, at(moment, { zone }))).includes('Moving');
    expect(await isThere('2026-03-13T22:59:59Z', 'Europe/Berlin')).toBe(false);
    expect(await isThere('2026-03-13T23:00:00Z', 'Europe/Berlin')).toBe(true);
    expect(await isThere('2026-03-13T23:00:00Z', 'America/New_York')).toBe(false);
    expect(await isThere('2026-03-15T22:59:59Z', 'Europe/Berlin')).toBe(true);
    expect(await isThere('2026-03-15T23:00:00Z', 'Europe/Berlin')).toBe(false);
    expect(await isThere('2026-03-16T03:59:59Z', 'America/New_York')).toBe(true);
  });

  test('is there between two moments, whatever the zone', async () => {
    const engine = await engineOf(
      notice('move', 'title="Moving" from="2026-03-14T09:00Z" until="2026-03-14T12:30:00+01:00"'),
    );
    const isThere = async (moment: string) => (await pageOf(engine, at(moment))).includes('Moving');
    expect(await isThere('2026-03-14T08:59:59Z')).toBe(false);
    expect(await isThere('2026-03-14T09:00:00Z')).toBe(true);
    expect(await isThere('2026-03-14T11:29:59Z')).toBe(true);
    expect(await isThere('2026-03-14T11:30:00Z')).toBe(false);
  });

  test('names its dates in the visitor’s language', async () => {
    const engine = await engineOf(notice('move', 'from="2026-03-01" until="2026-03-20"'), {
      move_text: 'Until __until__ and **not** longer.',
    });
    expect(await pageOf(engine, alice)).toContain('Until Mar 20, 2026 and <strong>not</strong> longer.');
    expect(await pageOf(engine, { ...alice, language: 'ru' })).toContain('Until 20 мар. 2026');
  });

  test('leaves nothing on the page when it is over, or for another level', async () => {
    const blocks = notice('old', 'title="Old" until="2026-03-13"') + notice('staff', 'title="Staff" level="admin"');
    const page = await pageOf(await engineOf(blocks), alice);
    expect(page).not.toMatch(/Old|Staff|class="notices"/);
  });

  test('stands in the order of urgency with those beside it', async () => {
    const other = `<block name="x" position="right" type="toolbar"/>`;
    const [first, ...rest] = ['news', 'incident', 'maintenance'].map((kind) =>
      notice(kind, `kind="${kind}" title="It is ${kind}"`),
    );
    const page = await pageOf(await engineOf([first, other, ...rest].join('')), alice);
    const order = [...page.matchAll(/It is (\w+)<\/h2>/g)].map(([, kind]) => kind);
    expect(order).toEqual(['incident', 'maintenance', 'news']);
  });

  test('runs nothing that a text brings along', async () => {
    const engine = await engineOf(notice('evil'), {
      evil_text:
        '<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) <a href="java\tscript:alert(1)" onclick="x()">y</a> <iframe src="//example.com"></iframe>',
    });
    const [, prose = ''] = /<div class="prose">([\s\S]*?)<\/div>/.exec(await pageOf(engine, alice)) ?? [];
    expect(prose).not.toMatch(/<(?!\/?(p|span)>)|script|onerror|onclick/);
    expect(prose).toContain('x');
  });
});

describe('a notice that is put away', () => {
  const texts = { move: 'We move', move_text: 'Tonight.' };
  beforeEach(() => bed.database.knex('dismissal').delete());

  async function dismissed(engine: Engine, scope: Scope): Promise<void> {
    for (const { block, ...seen } of forms(await pageOf(engine, scope)))
      expect(await engine.dismiss(scope, block, seen)).toBe(true);
  }

  test('stays away for that user, on each device, and for nobody else', async () => {
    const [engine, other] = [await engineOf(notice('move'), texts), await engineOf(notice('move'), texts)];
    expect(await pageOf(engine, alice)).toContain('We move');
    await dismissed(engine, alice);
    for (const one of [engine, other]) {
      expect(await pageOf(one, alice)).not.toContain('We move');
      expect(await pageOf(one, { ...alice, language: 'ru', zone: 'Asia/Tokyo' })).not.toContain('We move');
      expect(await pageOf(one, await bed.scopeOf('bob'))).toContain('We move');
    }
  });

  test('shows again when its text has changed in any language', async () => {
    const before = await engineOf(notice('move'), texts);
    await dismissed(before, alice);
    const after = await engineOf(notice('move'), { ...texts, move_text: 'Tomorrow.' });
    expect(await pageOf(after, alice)).toContain('Tomorrow.');
    const russian = { 'layouts/lang/ru-own.xml': messages({ move_text: 'Завтра.' }, 'ru') };
    expect(await pageOf(await engineOf(notice('move'), texts, russian), alice)).toContain('Tonight.');
    expect(await pageOf(before, alice)).not.toContain('We move');
  });

  test('is not that which the visitor saw when it changed meanwhile', async () => {
    const engine = await engineOf(notice('move'), texts);
    expect(await engine.dismiss(alice, 'move', { notice: 'move', version: 'of before' })).toBe(true);
    expect(await engine.dismiss(alice, 'move', { notice: 'another', version: 'x' })).toBe(true);
    expect(await bed.database.knex('dismissal')).toEqual([]);
    expect(await pageOf(engine, alice)).toContain('We move');
    expect(await engine.dismiss(alice, 'nothing', { notice: 'move', version: 'x' })).toBe(false);
    expect(await engine.dismiss({ ...alice, level: 7 }, 'move', { notice: 'move', version: 'x' })).toBe(false);
  });

  test('cannot be when its block says so', async () => {
    const engine = await engineOf(notice('move', 'dismiss="no"'), texts);
    const page = await pageOf(engine, alice);
    expect(page).toContain('We move');
    expect(forms(page)).toEqual([]);
  });
});

interface Told extends Record<string, string | number | null> {
  readonly id: number;
}

const announcements = defineProvider<Told>({
  name: 'told',
  level: '5',
  key: 'id',
  columns: ['title', 'text', 'kind', 'level', 'from', 'until', 'starts', 'ends', 'dismiss'].map((name) => ({ name })),
  sample: [
    {
      id: 1,
      customer_id: 1,
      title: '',
      text: '',
      kind: '',
      level: '',
      from: '',
      until: '',
      starts: '',
      ends: '',
      dismiss: '',
    },
  ],
  rows: async ({ customer }) => {
    const row = {
      customer_id: customer,
      text: '',
      kind: 'news',
      level: null,
      from: null,
      until: null,
      starts: null,
      ends: null,
      dismiss: null,
    };
    return [
      { ...row, id: 1, title: 'Shown as news', text: 'With *words*' },
      { ...row, id: 2, title: 'Shown as incident', kind: 'incident', until: '2026-03-14', dismiss: 'off' },
      {
        ...row,
        id: 3,
        title: 'Shown as maintenance',
        kind: 'maintenance',
        starts: '2026-03-15T21:00:00Z',
        ends: '2026-03-15T22:30:00Z',
      },
      { ...row, id: 4, title: 'Over', until: '2026-03-14T09:00:00Z' },
      { ...row, id: 5, title: 'Not yet', from: '2026-03-15' },
      { ...row, id: 6, title: 'For staff', level: 'admin+' },
      { ...row, id: 7, title: 'Of no level', level: 'nonsense' },
    ];
  },
});
const TOLD = messages({}).replace('</lang>', '<messages name="told"><msg name="title">Told</msg></messages></lang>');

describe('rows of announcements', () => {
  const engineWith = () =>
    bed.engine(
      { [LAYOUT]: `<doc>${notice('told', 'func="told"')}</doc>`, 'layouts/lang/own.xml': TOLD },
      { providers: [announcements] },
    );

  test('are shown that are current and for the level, the most urgent first', async () => {
    const page = await pageOf(await engineWith(), alice);
    expect([...page.matchAll(/<\/span> ([^<]+)<\/h2>/g)].map(([, title]) => title)).toEqual([
      'Shown as incident',
      'Shown as maintenance',
      'Shown as news',
    ]);
    expect(page).toContain('With <em>words</em>');
    expect(page).not.toMatch(/Over|Not yet|For staff|Of no level/);
  });

  test('say when it takes place, in the visitor’s zone', async () => {
    const engine = await engineWith();
    expect(await pageOf(engine, { ...alice, zone: 'UTC' })).toContain('<p>Mar 15, 2026, 9:00 – 10:30 PM</p>');
    expect(await pageOf(engine, alice)).toContain('<p>Mar 15, 2026, 10:00 – 11:30 PM</p>');
    expect(await pageOf(engine, { ...alice, language: 'ru' })).toMatch(/15 мар\. 2026 г\., 22:00–23:30/);
  });

  test('are put away one by one', async () => {
    const engine = await engineWith();
    const sent = forms(await pageOf(engine, alice));
    expect(sent.map((one) => one.notice)).toEqual(['told/3', 'told/1']);
    await engine.dismiss(alice, 'told', sent[0] ?? { notice: '', version: '' });
    expect(forms(await pageOf(engine, alice)).map((one) => one.notice)).toEqual(['told/1']);
  });

  test('draw a failed block when they cannot be had', async () => {
    const broken = { ...announcements, rows: () => Promise.reject(new Error('away')) };
    const files = { [LAYOUT]: `<doc>${notice('told', 'func="told"')}</doc>`, 'layouts/lang/own.xml': TOLD };
    const page = await pageOf(await bed.engine(files, { providers: [broken] }), alice);
    expect(page).toContain('is-failed');
    expect(page).toContain('id="block-told"');
  });

  test('are the same as a fragment of the page', async () => {
    const engine = await engineWith();
    const fragment = readable(String((await engine.block(alice, 'told'))?.body)).trim();
    expect(await pageOf(engine, alice)).toContain(fragment);
  });
});

describe('the announcements of the demo', () => {
  beforeEach(() => bed.database.knex('dismissal').delete());

  test('tell alice and who works for her of the work on their servers, and nobody else', async () => {
    const engine = await bed.engine();
    const told = 'Two of your servers move to newer hosts';
    for (const login of ['alice', 'dana'])
      expect(await pageOf(engine, await bed.scopeOf(login)), login).toContain(told);
    for (const login of ['bob', 'nora', 'max', 'admin']) {
      const page = await pageOf(engine, await bed.scopeOf(login));
      expect(page, login).not.toContain(told);
      expect(page, login).not.toContain('class="notices"');
    }
    expect(await pageOf(engine, { ...alice, language: 'ru' })).toContain('Два ваших сервера переезжают на новые узлы');
    expect(await pageOf(engine, at('2026-03-18T02:00:00Z'))).not.toContain(told);
  });

  test('show a customer those for everybody and the own ones, on their page too', async () => {
    const { knex } = bed.database;
    const row = {
      kind: 'news',
      shown: '2026-03-01T00:00:00Z',
      over: '2026-04-01T00:00:00Z',
      updated: '2026-03-01T00:00:00Z',
    };
    const ids: number[] = [];
    for (const [customer_id, title] of [
      [null, 'For everybody'],
      [2, 'For Bob'],
    ] as const) {
      const [added] = await knex('announcement').insert({ ...row, customer_id }, ['id']);
      ids.push(added.id);
      await knex('announcement_text').insert({ announcement_id: added.id, language: 'en', title, text: 'A *text*' });
    }
    const engine = await bed.engine();
    const bob = await bed.scopeOf('bob');
    const list = async (scope: Scope) =>
      String((await engine.list(scope, 'announcement', new URLSearchParams('sort=title')))?.body);
    for (const draw of [(scope: Scope) => pageOf(engine, scope), list]) {
      const [first, second] = [await draw(alice), await draw(bob)];
      for (const page of [first, second]) expect(page).toContain('For everybody');
      expect(first).toContain('Two of your servers');
      expect(first).not.toContain('For Bob');
      expect(second).toContain('For Bob');
      expect(second).not.toContain('Two of your servers');
    }
    await knex('announcement').whereIn('id', ids).delete();
  });
});
