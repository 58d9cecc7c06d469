import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../src/engine.ts';
import { LayoutError } from '../src/layout-error.ts';
import { defineProvider, type Scope } from '../src/provider.ts';
import { type Bed, startBed } from './support/bed.ts';
import { TODAY } from './support/panel.ts';

const block = (name: string, func: string, rest = '') =>
  `<block name="${name}" position="left" type="list" func="${func}" ${rest}/>`;
const later = (seconds: number) => new Date(TODAY.getTime() + seconds * 1000);

/** Says who asked, and when. */
const mirror = defineProvider({
  name: 'mirror',
  level: 'registered',
  key: 'id',
  columns: [{ name: 'who' }, { name: 'asked' }],
  sample: [{ id: 1, customer_id: 1, who: '', asked: '' }],
  rows: async (scope) => [{ id: 1, customer_id: scope.customer, who: whoIs(scope), asked: `@${scope.now.getTime()}@` }],
});

function whoIs({ user, customer, level, language, zone }: Scope): string {
  return `[user ${user} of customer ${customer}, level ${level}, ${language}, ${zone}]`;
}

/** A list with a column that only staff may see. */
const secret = defineProvider({
  name: 'secret',
  level: 'registered',
  key: 'id',
  columns: [
    { name: 'name', sortable: true, sorted: 'asc' },
    { name: 'margin', sortable: true, level: 'admin' },
  ],
  sample: [{ id: 1, customer_id: 1, name: '', margin: 0 }],
  rows: async ({ customer }) =>
    ['a', 'b', 'c'].map((name, index) => ({
      id: index,
      customer_id: customer,
      name: `row-${name}`,
      margin: 3 - index,
    })),
});

let bed: Bed;
let alice: Scope;
let admin: Scope;
beforeAll(async () => {
  bed = await startBed();
  alice = await bed.scopeOf('alice');
  admin = await bed.scopeOf('admin');
});
afterAll(() => bed.stop());

const texts = async (page: ReturnType<Engine['block']>) => String((await page)?.body);
const engineOf = (blocks: string, level = 5) =>
  bed.engine({ [`layouts/billmgr_dashboard_${level}.xml`]: `<doc>${blocks}</doc>` }, { providers: [mirror, secret] });

describe('a page', () => {
  test('is kept for its own visitor only', async () => {
    const engine = await bed.engine(
      Object.fromEntries(
        [5, 6, 7].map((level) => [
          `layouts/billmgr_dashboard_${level}.xml`,
          `<doc>${block('m', 'mirror', 'cache="60"')}</doc>`,
        ]),
      ),
      { providers: [mirror] },
    );
    const scope = fc.record({
      user: fc.constantFrom(1, 2, 11),
      customer: fc.constantFrom(1, 2, 11, null),
      level: fc.constantFrom(5, 6, 7),
      language: fc.constantFrom('en', 'ru'),
      zone: fc.constantFrom('UTC', 'Europe/Berlin'),
      theme: fc.constantFrom('system', 'light', 'dark') as fc.Arbitrary<Scope['theme']>,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(scope, { minLength: 1, maxLength: 12, size: 'max' }), async (scopes) => {
        await Promise.all(
          scopes.map(async (who) => {
            const asking = { ...alice, ...who };
            const page = await texts(engine.home(asking));
            expect(page).toContain(whoIs(asking));
            expect(page.match(/\[user /g)).toHaveLength(1);
            expect(page).toContain(`<html lang="${asking.language}" dir="ltr" data-theme="${asking.theme}">`);
            expect(await texts(engine.block(asking, 'm'))).toContain(whoIs(asking));
          }),
        );
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('shows no row that is older than its block says', async () => {
    const engine = await engineOf(
      block('fresh', 'mirror', 'cache="0"') + block('short', 'mirror', 'cache="2"') + block('usual', 'mirror'),
    );
    const usual = await engineOf(block('usual', 'mirror') + block('long', 'mirror', 'cache="60"'));
    const ages = async (one: Engine, seconds: number) => {
      const page = await texts(one.home({ ...alice, now: later(seconds) }));
      return [...page.matchAll(/@(\d+)@/g)].map(([, asked]) => (later(seconds).getTime() - Number(asked)) / 1000);
    };
    let seconds = 0;
    let oldest = [0, 0];
    for (const step of [0, 0, 1, 0.5, 0.6, 3, 1.8, 0.1, 4.9, 0.2, 30, 29, 4]) {
      seconds += step;
      const [fresh = 0, short = 0, middle = 0] = await ages(engine, seconds);
      expect([fresh, short < 2, middle < 5]).toEqual([0, true, true]);
      const [rest = 0, long = 0] = await ages(usual, seconds);
      expect([rest < 5, long < 60]).toEqual([true, true]);
      oldest = [Math.max(oldest[0] ?? 0, middle), Math.max(oldest[1] ?? 0, long)];
    }
    expect(oldest[0]).toBeGreaterThan(2);
    expect(oldest[1]).toBeGreaterThan(30);
  });

  test('is the same bytes until its rows change', async () => {
    const engine = await bed.engine();
    const ask = async (seconds: number) => (await engine.home({ ...alice, now: later(seconds) })).etag;
    expect(new Set([await ask(0), await ask(1), await ask(2), await ask(100)]).size).toBe(1);
  });

  test('shows what was written while it was being loaded', async () => {
    let release = () => {};
    let value = 'old';
    const gate = defineProvider({
      name: 'gate',
      level: '5',
      key: 'id',
      cache: 60,
      columns: [{ name: 'value' }],
      sample: [{ id: 1, customer_id: 1, value: '' }],
      async rows({ customer }) {
        const read = value;
        await new Promise<void>((resolve) => (release = resolve));
        return [{ id: 1, customer_id: customer, value: `is-${read}` }];
      },
    });
    const engine = await bed.engine(
      { 'layouts/billmgr_dashboard_5.xml': `<doc>${block('g', 'gate')}</doc>` },
      { providers: [gate] },
    );
    const ask = () => {
      const page = texts(engine.home(alice));
      const until = async () => {
        await new Promise(setImmediate);
        release();
        return page;
      };
      return { page, until };
    };
    await ask().until();
    const slow = ask();
    await new Promise(setImmediate);
    const finish = release;
    value = 'new';
    engine.changed(alice.customer ?? 0);
    finish();
    expect(await slow.page).toContain('is-old');
    expect(await ask().until()).toContain('is-new');
    expect(await ask().until()).toContain('is-new');
  });
});

describe('a list', () => {
  const names = async (engine: Engine, scope: Scope, query: string) => {
    const page = await texts(engine.list(scope, 'secret', new URLSearchParams(query)));
    return [...page.matchAll(/row-([a-c])/g)].map(([, name]) => name).join('');
  };

  test('is not sorted by a column that the visitor may not see', async () => {
    const engine = await engineOf('');
    expect(await names(engine, alice, 'sort=margin')).toBe('abc');
    expect(await names(engine, { ...admin, customer: null }, 'sort=margin')).toBe('cba');
    expect(await names(engine, alice, 'sort=-name')).toBe('cba');
    const page = await texts(engine.list(alice, 'secret', new URLSearchParams()));
    expect(page).not.toContain('margin');
  });

  test('is the last page when there are fewer', async () => {
    const engine = await bed.engine();
    const max = await bed.scopeOf('max');
    const page = (query: string) => texts(engine.list(max, 'service', new URLSearchParams(query)));
    expect(await page('page=99999')).toBe(await page('page=8'));
    expect(await page('page=-1')).toBe(await page(''));
    expect(await page('page=1e300&sort=nothing,%27;drop')).toBe(await page(''));
  });

  test('is none for a name that is unknown, a form, or not for the level', async () => {
    const engine = await bed.engine();
    for (const func of ['nothing', 'ticket.new', 'customer', 'ticket.queue', 'constructor', '__proto__', '']) {
      expect(await engine.list(alice, func, new URLSearchParams()), func).toBeUndefined();
    }
    expect(await engine.list(admin, 'customer', new URLSearchParams())).toBeDefined();
    expect(await engine.list(admin, 'service', new URLSearchParams())).toBeUndefined();
  });
});

describe('a block', () => {
  test('is none for a name that is unknown or of another level', async () => {
    const engine = await bed.engine();
    for (const name of ['nothing', 'queue', 'constructor']) expect(await engine.block(alice, name)).toBeUndefined();
    expect(await engine.block({ ...alice, level: 6 }, 'tickets')).toBeUndefined();
  });

  test('leaves the page when the level may not call its list', async () => {
    const engine = await engineOf(block('a', 'ticket', 'level="admin"') + block('b', 'mirror'));
    const page = await texts(engine.home(alice));
    expect(page).toContain('id="block-b"');
    expect(page).not.toContain('id="block-a"');
  });
});

describe('a level', () => {
  test('without a layout begins at its first list', async () => {
    const engine = await bed.engine();
    expect([5, 6, 7, 0].map((level) => engine.hasHome(level))).toEqual([true, false, true, false]);
    expect(engine.startOf(6, null)).toBe('/list/session');
    expect(engine.startOf(0, null)).toBe('/help');
  });
});

describe('an engine', () => {
  test('does not start with content that has errors, and says all of them', async () => {
    const layout = `<doc>${block('a', 'tickt')}${block('a', 'ticket', 'timeout="0"')}</doc>`;
    const error = await bed.engine({ 'layouts/billmgr_dashboard_5.xml': layout }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LayoutError);
    expect((error as LayoutError).diagnostics.map(({ code }) => code).sort()).toEqual([
      'duplicate-name',
      'invalid-value',
      'unknown-function',
    ]);
  });

  test('refuses a name that is registered twice', async () => {
    await expect(bed.engine({}, { providers: [mirror, mirror] })).rejects.toThrow(
      'The provider "mirror" is registered twice',
    );
  });

  test('has assets under names that follow their bytes', async () => {
    const [plain, changed] = [await bed.engine(), await bed.engine({ 'templates/assets/lintel.css': 'body{}' })];
    const audience = { language: 'en', theme: 'system', level: undefined } as const;
    const address = (engine: Engine) =>
      /\/assets\/lintel-\w+\.css/.exec(
        String(engine.page('signin', audience, { login: '', next: '', isRefused: false, isDemo: false }).body),
      )?.[0] ?? '';
    expect(address(plain)).not.toBe(address(changed));
    expect(
      String(changed.asset(address(changed))?.bytes && Buffer.from(changed.asset(address(changed))?.bytes ?? [])),
    ).toBe('body{}');
    expect(changed.asset(address(plain))).toBeUndefined();
  });
});
