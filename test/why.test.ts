import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Preference, readPreference } from '../src/preference.ts';
import { explained } from '../src/server/explain.ts';
import { type Bed, startBed } from './support/bed.ts';
import { lintel } from './support/command.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

/** What is said of a block, with the ends of paths alone. */
async function saidOf(
  name: string,
  files: Readonly<Record<string, string>>,
  { level = 5, preference }: { level?: number; preference?: Preference } = {},
) {
  const engine = await bed.engine(files);
  const why = engine.why({ level, preference }, name);
  return (
    why && [why.isShown, ...explained(why, undefined).map((line) => line.replace(/\([^()]*(layouts|data)\//, '($1/'))]
  );
}

const tickets = (rest: string) =>
  `<doc>\n  <block name="tickets" position="left" type="list" func="ticket" ${rest}/>\n</doc>`;

describe('why a block is there', () => {
  test('is the line that placed it, and its limits', async () => {
    expect(await saidOf('tickets', { [LAYOUT]: tickets('timeout="500" cache="0" stale="60"') })).toEqual([
      true,
      `Placed by the layout: list, left (${LAYOUT}:2:4)`,
      'Nothing stops it: it is shown',
      'Its provider may take 500 ms; rows are kept for 0 s; rows up to 60 s old stand in when it fails',
    ]);
  });

  test('is each overlay that changed or added it', async () => {
    const overlay =
      '<mgrdata><block name="tickets" title="Mine"><col name="subject"/></block><block name="more" position="right" type="list" func="account"/></mgrdata>';
    const files = { [LAYOUT]: tickets(''), 'layouts/billmgr_mod_own.xml': overlay };
    const path = 'layouts/billmgr_mod_own.xml';
    expect(await saidOf('tickets', files)).toContain(`An overlay sets title="Mine" (${path}:1:32)`);
    expect(await saidOf('tickets', files)).toContain(`An overlay adds <col name="subject"> (${path}:1:46)`);
    expect(String(await saidOf('more', files))).toMatch(/Added by an overlay: list, right \(.*_mod_own\.xml:1:75\)/);
  });
});

describe('why a block is not there', () => {
  test.each([
    ['its level', 'level="6+"', `level="6+" leaves level 5 out (${LAYOUT}:2:67)`],
    ['its feature', 'if="vm"', `The feature "vm" is not there (${LAYOUT}:2:67)`],
  ])('is %s', async (_what, rest, fact) => {
    expect(await saidOf('tickets', { [LAYOUT]: tickets(rest) })).toEqual([
      false,
      `Placed by the layout: list, left (${LAYOUT}:2:4)`,
      fact,
      'So it is not shown',
    ]);
  });

  test('is the level of its function', async () => {
    const said = await saidOf('queue', {
      [LAYOUT]: '<doc><block name="queue" position="left" type="list" func="ticket.queue"/></doc>',
    });
    expect(said?.[0]).toBe(false);
    expect(String(said)).toMatch(/The function "ticket.queue" is not for level 5 \(.*data\/ticket\.xml:\d+:\d+\)/);
  });

  test('is that the visitor hides it, or has folded or moved it', async () => {
    const files = { [LAYOUT]: tickets('lock="position"') };
    const of = (name: string, text: string) => saidOf(name, files, { preference: readPreference(text) });
    const hidden = JSON.stringify({ blocks: { tickets: { hidden: true } } });
    expect(await of('tickets', hidden)).toContain('The visitor hides it');
    expect((await of('tickets', hidden))?.[0]).toBe(false);
    const folded = JSON.stringify({ blocks: { tickets: { folded: true } } });
    expect(await of('tickets', folded)).toContain('It is folded: its provider is not asked');
    expect(await of('tickets', folded)).toContain('Locked for visitors: position');
  });

  test('is that the level has no layout', async () => {
    expect(await saidOf('tickets', {}, { level: 6 })).toEqual([false, 'Level 6 has no layout, and so no home page']);
    expect(await saidOf('nothing', {})).toBeUndefined();
  });
});

describe('lintel why', () => {
  test('says what a user has to know of whom they ask, and of the database', async () => {
    const env = { DATABASE_URL: 'sqlite:nowhere.sqlite' };
    expect(await lintel(['why', 'tickets', '--as', 'alice'], { env })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'lintel: There is no database at sqlite:nowhere.sqlite; start the server once, or set DATABASE_URL\n',
    });
    expect((await lintel(['why', 'tickets'])).stderr).toContain("required option '--as <login>' not specified");
  });

  test('says it of one user, with how the rows came', async () => {
    const path = (await bed.database.knex.raw('pragma database_list')) as { file: string }[];
    const env = { DATABASE_URL: `sqlite:${path[0]?.file}` };
    const { code, stdout } = await lintel(['why', 'tickets', '--as', 'alice'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^tickets: shown\n {2}Placed by the layout: list, left \(.*billmgr_dashboard_5\.xml:\d+:\d+\)\n/,
    );
    expect(stdout).toMatch(/\n {2}Rows of "ticket": asked for, [\d.]+ ms\n$/);
    const { stderr } = await lintel(['why', 'tikets', '--as', 'alice'], { env });
    expect(stderr).toContain('No block of that layout is named "tikets". Did you mean "tickets"?');
    expect((await lintel(['why', 'tickets', '--as', 'nobody'], { env })).stderr).toBe(
      'lintel: Nobody signs in as "nobody"\n',
    );
  });
});
