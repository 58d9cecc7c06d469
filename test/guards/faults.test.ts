import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { defineProvider, type ProviderDefinition, type Scope } from '../../src/provider.ts';
import { type Bed, startBed } from '../support/bed.ts';
import { readable } from '../support/readable.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';

let bed: Bed;
let alice: Scope;
beforeAll(async () => {
  bed = await startBed({ customers: 60 });
  alice = await bed.scopeOf('alice');
});
afterAll(() => bed.stop());

type Behave = (scope: Scope, signal: AbortSignal | undefined) => unknown;

/** A provider that does what it likes. */
const provider = (behave: Behave, name = 'odd') =>
  defineProvider({
    name,
    key: 'id',
    columns: [{ name: 'id' }, { name: 'text' }],
    sample: [{ id: 1, customer_id: 1, text: 'sample' }],
    rows: (scope, { signal }) => behave(scope, signal) as ReturnType<ProviderDefinition['rows']>,
  });

const row = ({ customer }: Scope, text = 'good') => ({ id: 1, customer_id: customer, text });
const later = (milliseconds: number) => new Promise<never[]>((resolve) => setTimeout(() => resolve([]), milliseconds));

const block = (name: string, func: string, rest = '') =>
  `<block name="${name}" position="left" type="list" func="${func}" timeout="200" ${rest}/>`;
const TEXTS = `<mgrdata><lang name="en">${['odd', 'even']
  .map((name) => `<messages name="${name}"><msg name="title">${name}</msg><msg name="text">Text</msg></messages>`)
  .join('')}</lang></mgrdata>`;

/** A page of an odd provider between two good ones. */
const engineOf = (behave: Behave, rest = '') =>
  bed.engine(
    {
      [LAYOUT]: `<doc>${block('before', 'account')}${block('odd', 'odd', rest)}${block('after', 'even')}</doc>`,
      'layouts/lang/own.xml': TEXTS,
    },
    { providers: [provider(behave), provider((scope) => [row(scope)], 'even')] },
  );

const FAULTS: Readonly<Record<string, Behave>> = {
  throws: () => {
    throw new Error('secret of the database');
  },
  rejects: () => Promise.reject(new Error('secret of the database')),
  'rejects with nothing': () => Promise.reject(undefined),
  'rejects with a text': () => Promise.reject('secret of the database'),
  hangs: () => new Promise(() => {}),
  'hangs until it is stopped': (_scope, signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  'is slow': () => later(2000),
  'returns nothing': () => undefined,
  'returns a text': () => 'rows',
  'returns an object': () => ({ length: 3 }),
  'returns rows that are none': () => [null, undefined],
  'returns values that are none': (scope: Scope) => [{ ...row(scope), text: { evil: true } }],
  'returns functions': (scope: Scope) => [{ ...row(scope), text: () => 'secret' }],
  'returns a getter that throws': (scope: Scope) => [
    Object.defineProperty({ ...row(scope) }, 'text', {
      enumerable: true,
      get: () => {
        throw new Error('secret of the database');
      },
    }),
  ],
  'returns rows of another customer': (scope: Scope) => [{ ...row(scope), customer_id: -1 }],
  'returns a million rows': (scope: Scope) => Array.from({ length: 1_000_000 }).fill(row(scope)),
  'returns many megabytes': (scope: Scope) => [row(scope, 'x'.repeat(9_000_000))],
  'dies in the middle': async () => {
    await later(20);
    throw Object.assign(new Error('secret of the database'), { code: 'ECONNRESET' });
  },
};

describe('a provider that', () => {
  test.each(Object.entries(FAULTS))(
    '%s spoils its own block alone, with one line in the log',
    async (_what, behave) => {
      const engine = await engineOf(behave);
      bed.logged.length = 0;
      const started = performance.now();
      const page = readable(String((await engine.home(alice)).body));
      expect(performance.now() - started).toBeLessThan(1500);
      expect(page).toContain('Main account');
      expect(page).toContain('good');
      expect(page).not.toContain('secret');
      const incidents = [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, id]) => id);
      expect(incidents).toHaveLength(1);
      const lines = bed.logged.filter(({ level }) => level === 'error');
      expect(lines.map(({ incident, block: name }) => ({ incident, name }))).toEqual([
        { incident: incidents[0], name: 'odd' },
      ]);
    },
  );

  test('is well spoils nothing: without a fault the same page has no failed block', async () => {
    const engine = await engineOf((scope) => [row(scope, 'odd but good')]);
    const page = readable(String((await engine.home(alice)).body));
    expect(page).toContain('odd but good');
    expect(page).not.toContain('<code>');
  });
});

describe('two providers that never answer', () => {
  test('are two failures, each with its own line in the log', async () => {
    const hangs = () => new Promise<never>(() => {});
    const engine = await bed.engine(
      {
        [LAYOUT]: `<doc>${block('odd', 'odd')}${block('even', 'even')}</doc>`,
        'layouts/lang/own.xml': TEXTS,
      },
      { providers: [provider(hangs), provider(hangs, 'even')] },
    );
    bed.logged.length = 0;
    const page = readable(String((await engine.home(alice)).body));
    const shown = [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, id]) => id);
    expect(new Set(shown).size).toBe(2);
    expect(bed.logged.map(({ incident, func }) => [func, incident])).toEqual([
      ['odd', shown[0]],
      ['even', shown[1]],
    ]);
  });
});

describe('the page of a list, a report and a spreadsheet whose provider', () => {
  const faults = Object.entries(FAULTS).filter(([name]) => !/hangs|slow/.test(name));
  const report = (_fault: unknown, at: number) => `<metadata name="odds${at}" type="report" level="5">
    <band name="good"><query>select customer_id, name from account where customer_id = :customer</query><col name="name"/></band>
    <band name="odd"><action>odd${at}</action><col name="text"/></band></metadata>`;

  let engine: Engine;
  beforeAll(async () => {
    engine = await bed.engine(
      { [LAYOUT]: '<doc/>', 'data/odds.xml': `<mgrdata>${faults.map(report).join('')}</mgrdata>` },
      { providers: faults.map(([, behave], at) => provider(behave, `odd${at}`)) },
    );
  });

  test.each(faults.map(([name], at) => [name, at] as const))('%s is there and says so', async (_name, number) => {
    bed.logged.length = 0;
    const nothing = new URLSearchParams();
    const pages = [
      await engine.list(alice, `odd${number}`, nothing),
      await engine.report(alice, `odds${number}`, nothing),
    ].map((page) => readable(String(page?.body)));
    for (const [at, page] of pages.entries()) {
      const shown = [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, id]) => id);
      expect(shown).toEqual([bed.logged[at]?.incident]);
      expect(page).not.toContain('secret');
    }
    expect(pages[1]).toContain('Main account');
    await expect(engine.csv(alice, `odd${number}`, nothing)).rejects.toThrow('could not be read');
  });
});

describe('a provider that fails again and again', () => {
  test('is left alone for a while, is one line in the log for each failure, and is asked again', async () => {
    let calls = 0;
    let isWell = false;
    const engine = await engineOf((scope) => {
      calls += 1;
      if (isWell) return [row(scope, 'well again')];
      throw new Error('down');
    });
    bed.logged.length = 0;
    for (let time = 0; time < 40; time += 1) await engine.home(alice);
    expect(calls).toBe(5);
    expect(bed.logged.filter(({ level }) => level === 'error')).toHaveLength(5);
    expect(bed.logged.map(({ message }) => message)).toContain('provider is left alone for a while');
    const page = readable(String((await engine.home(alice)).body));
    const [, incident] = /<code>([^<]+)<\/code>/.exec(page) ?? [];
    expect(bed.logged.some((line) => line.incident === incident)).toBe(true);
    isWell = true;
    await later(2100);
    expect(String((await engine.home(alice)).body)).toContain('well again');
    expect(calls).toBe(6);
  });
});

describe('equal questions', () => {
  const asOthers = (engine: Engine, count: number, change: (index: number) => Partial<Scope> = () => ({})) =>
    Promise.all(Array.from({ length: count }, (_, index) => engine.home({ ...alice, ...change(index) })));

  test('of one visitor at the same time are one call', async () => {
    let calls = 0;
    const engine = await engineOf(async (scope) => {
      calls += 1;
      await later(50);
      return [row(scope)];
    });
    await asOthers(engine, 50);
    expect(calls).toBe(1);
  });

  test('of different customers, levels, languages, zones and sessions are different calls', async () => {
    let calls = 0;
    const engine = await engineOf(async (scope) => {
      calls += 1;
      await later(50);
      return [row(scope)];
    });
    const changes: Partial<Scope>[] = [
      {},
      { customer: 2 },
      { user: 77 },
      { language: 'ru' },
      { zone: 'UTC' },
      { session: 'other' },
    ];
    await asOthers(engine, changes.length, (index) => changes[index] ?? {});
    expect(calls).toBe(changes.length);
  });

  test('go on for those who stay when one leaves', async () => {
    const stopped: unknown[] = [];
    const engine = await engineOf((scope, signal) => {
      signal?.addEventListener('abort', () => stopped.push(signal.reason));
      return later(300).then(() => [row(scope, 'for who stays')]);
    }, 'cache="0"');
    const impatient = engine.block({ ...alice }, 'odd');
    expect(String((await impatient)?.body)).toContain('<code>');
    expect(stopped).toHaveLength(1);
  });
});

describe('a hundred and more visitors', () => {
  test('wait for one that never answers as long as it may take, and for nothing else', async () => {
    const engine = await engineOf(() => new Promise(() => {}));
    const times = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const started = performance.now();
        await engine.home({ ...alice, user: 1000 + index });
        return performance.now() - started;
      }),
    );
    expect(Math.max(...times)).toBeLessThan(1200);
  });

  test('who ask for one shared list are one call, even if the first leaves', async () => {
    const shared = `<mgrdata><metadata name="news" type="list" key="id" level="5" shared="yes" cache="30">
      <query>select id, customer_id, shown as text from announcement</query>
      <coldata><col name="text"/></coldata></metadata>
      <lang name="en"><messages name="news"><msg name="title">News</msg><msg name="text">Text</msg></messages></lang></mgrdata>`;
    const calls: string[] = [];
    const { prepare } = bed.database;
    const counting: typeof prepare = (statement) => {
      const prepared = prepare.call(bed.database, statement);
      if (!statement.select.includes('shown as text')) return prepared;
      return {
        ...prepared,
        rows: async (...asked: Parameters<typeof prepared.rows>) => {
          calls.push('asked');
          await later(300);
          return prepared.rows(...asked);
        },
      };
    };
    Object.assign(bed.database, { prepare: counting });
    const engine = await bed.engine({
      [LAYOUT]: '<doc><block name="news" position="left" type="list" func="news" timeout="2000"/></doc>',
      'data/news.xml': shared,
    });
    Object.assign(bed.database, { prepare });
    const pages = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => engine.home({ ...alice, customer: index + 1, user: index + 1 })),
    );
    expect(calls).toHaveLength(1);
    expect(pages.filter(({ body }) => String(body).includes('<code>'))).toHaveLength(0);
  });
});

describe('rows of before', () => {
  const hours = (scope: Scope, seconds: number): Scope => ({
    ...scope,
    now: new Date(scope.now.getTime() + seconds * 1000),
  });

  test('stand in with their age for so long as the block says, and no longer', async () => {
    let isDown = false;
    const engine = await engineOf((scope) => {
      if (isDown) throw new Error('down');
      return [row(scope, 'read before')];
    }, 'stale="600" cache="5"');
    await engine.home(alice);
    await engine.home(alice);
    isDown = true;
    const page = readable(String((await engine.home(hours(alice, 60))).body));
    expect(page).toContain('read before');
    expect(page).toMatch(/As of \d+:\d\d [AP]M\./);
    expect(page).toContain('Newer data cannot be had right now.');
    const gone = readable(String((await engine.home(hours(alice, 601))).body));
    expect(gone).not.toContain('read before');
    expect(gone).toContain('<code>');
  });

  test('do not stand in for a block that does not say so', async () => {
    let isDown = false;
    const engine = await engineOf((scope) => {
      if (isDown) throw new Error('down');
      return [row(scope, 'read before')];
    });
    await engine.home(alice);
    await engine.home(alice);
    isDown = true;
    expect(String((await engine.home(hours(alice, 60))).body)).not.toContain('read before');
  });
});
