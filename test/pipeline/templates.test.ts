import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { placeAt } from '../../src/diagnostics/source.ts';
import type { Engine } from '../../src/engine.ts';
import { LayoutError } from '../../src/layout-error.ts';
import type { Scope } from '../../src/provider.ts';
import { type Bed, startBed } from '../support/bed.ts';
import { ownFile } from '../support/panel.ts';

const PEOPLE = ['alice', 'bob', 'nora', 'max'];
const LANGUAGES = ['en', 'ru'];

let bed: Bed;
let scopes: Scope[];
beforeAll(async () => {
  bed = await startBed();
  scopes = await Promise.all(PEOPLE.flatMap((login) => LANGUAGES.map((language) => bed.scopeOf(login, { language }))));
});
afterAll(() => bed.stop());

const own = (template: string) => readFile(ownFile(`templates/${template}`), 'utf8');

/** Home page and a list page of everybody, in every language. */
async function pagesOf(engine: Engine): Promise<string[]> {
  const pages = scopes.flatMap((scope) => [
    engine.home(scope),
    engine.list(scope, 'ticket', new URLSearchParams('page=2')),
  ]);
  return (await Promise.all(pages)).map((page) => String(page?.body));
}

describe('a template that asks for rows', () => {
  // Of other templates, one that never asks is drawn once; these are drawn anew for each request.
  test.each([
    'page.njk',
    'pages/home.njk',
    'pages/list.njk',
    'blocks/list.njk',
    'parts/table.njk',
    'parts/empty.njk',
    'columns/text.njk',
    'columns/date.njk',
    'columns/message.njk',
    'columns/money.njk',
    'columns/flag.njk',
  ])('gives the same bytes as one that does not: %s', async (template) => {
    const text = await own(template);
    const asking = '{% if rows.length > total %}never{% endif %}';
    const changed = text.startsWith('{% extends')
      ? text.replace('{% block main %}', `{% block main %}${asking}`)
      : asking + text;
    expect(changed).toContain(asking);
    const [plain, live] = [await bed.engine(), await bed.engine({ [`templates/${template}`]: changed })];
    expect(await pagesOf(live)).toEqual(await pagesOf(plain));
  });

  test('is drawn for each row when its cell shows more than its own value', async () => {
    const template = '{% value %}<i>{% keyname %}</i>';
    const engine = await bed.engine({ 'templates/columns/message.njk': template });
    const [alice] = scopes;
    const page = String((await engine.list(alice as Scope, 'ticket', new URLSearchParams()))?.body);
    const subjects = [...page.matchAll(/<i>([^<]*)<\/i>/g)].map(([, subject]) => subject);
    expect(new Set(subjects).size).toBe(5);
  });

  test('gives the same bytes when it repeats the rows by hand', async () => {
    const layout = `<doc>
      <block name="accounts" position="left" type="list" func="account"><col name="name"/><col name="currency"/></block>
      <block name="tickets" position="right" type="list" func="ticket"><col name="subject"/></block>
    </doc>`;
    const around = (rows: string) => `{% set list = block.list %}<h2>{{ block.title }}</h2>\n<ul>\n${rows}</ul>\n`;
    const byTags = around(
      '{% rows %}\n<li>{% key %}{% for column in list.columns %}, {% cell column %}{% endfor %}</li>\n{% endrows %}\n',
    );
    const byHand = around(
      '{% for row in rows %}\n<li>{{ row.key }}{% for column in list.columns %}, {{ row[column.name] }}{% endfor %}</li>\n{% endfor %}\n',
    );
    const engineOf = (template: string) =>
      bed.engine({
        'layouts/billmgr_dashboard_5.xml': layout,
        'templates/blocks/list.njk': template,
        'templates/columns/text.njk': '{% value %}',
      });
    const [tags, hand] = [await engineOf(byTags), await engineOf(byHand)];
    for (const scope of scopes) {
      const page = String((await tags.home(scope)).body);
      expect(String((await hand.home(scope)).body)).toBe(page);
      expect(page.match(/<li>\d+, /g)?.length ?? 0, scope.login).toBe(await countOf(scope, ['account', 'ticket']));
    }
  });

  test('is also one whose macros ask, when they see what is around them', async () => {
    const engine = await bed.engine({
      'templates/parts/count.njk': '{% macro count() %}[{{ rows.length }}]{% endmacro %}',
      'templates/blocks/list.njk': `{% from "parts/count.njk" import count with context %}${await own('blocks/list.njk')}{{ count() }}`,
    });
    const counts = async (login: string) =>
      String((await engine.home(await bed.scopeOf(login))).body).match(/\[\d+\]/g);
    expect(await counts('alice')).toEqual(['[8]', '[5]', '[3]']);
    expect(await counts('nora')).toEqual(['[0]', '[0]', '[0]']);
  });

  test('sees nothing as empty text', async () => {
    const engine = await bed.engine({
      'templates/blocks/list.njk':
        '{% if block.name == "services" %}{% for row in rows %}[{{ row.expires }}]{% endfor %}{% endif %}',
    });
    const scope = await bed.scopeOf('alice');
    await bed.database
      .knex('service')
      .where({ customer_id: scope.customer, name: 'example.ru' })
      .update({ expires: null });
    expect(String((await engine.block(scope, 'services'))?.body)).toContain('[]');
  });
});

async function countOf({ customer }: Scope, tables: readonly string[]): Promise<number> {
  const counts = tables.map(async (table) => {
    const rows = bed.database.knex(table).where({ customer_id: customer });
    return (await (table === 'ticket' ? rows.whereNot({ status: 'closed' }) : rows)).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** What stops the start with a template changed at its `{% from`, or, without one, in all. */
async function findings(template: string, change: (text: string) => string): Promise<readonly Diagnostic[]> {
  try {
    await bed.engine({ [`templates/${template}`]: change(await own(template)) });
    return [];
  } catch (error) {
    if (error instanceof LayoutError) return error.diagnostics;
    throw error;
  }
}

describe('a slip in a template', () => {
  const header = (text: string) => (found: string) =>
    found.replace('<header class="block-head">', `<i>\n${text}</i>$&`);
  const whole = (text: string) => () => text;

  test.each([
    [
      'an unknown field of the visitor',
      'blocks/list.njk',
      header('{% visitor "password" %}'),
      'A visitor has no "password"',
      '8:4',
    ],
    [
      'a cell outside of rows',
      'blocks/list.njk',
      header('{% cell list.columns[0] %}'),
      '{% cell %} stands outside of {% rows %}',
      '8:4',
    ],
    [
      'a key outside of rows',
      'blocks/list.njk',
      header('x {% key %}'),
      '{% key %} stands outside of {% rows %}',
      '8:6',
    ],
    [
      'an action outside of rows',
      'blocks/list.njk',
      header('{% action list.actions[0] %}{% endaction %}'),
      '{% action %} stands outside of {% rows %}',
      '8:4',
    ],
    [
      'a value that the column does not have',
      'columns/date.njk',
      whole('<b>\n  {% value "nope" %}</b>'),
      'This column has no value named "nope"',
      '2:6',
    ],
    [
      'a question that the column does not know',
      'columns/date.njk',
      whole('\n\n{% when "nope" %}{% endwhen %}'),
      'This column has no test named "nope"',
      '3:4',
    ],
    [
      'a value outside of a column',
      'blocks/list.njk',
      header('{% rows %}{% value %}{% endrows %}'),
      'This column has no value named "undefined"',
      '8:14',
    ],
    [
      'a block outside of the home page',
      'blocks/toolbar.njk',
      whole('{% outlet block %}'),
      'There is no block here',
      '1:4',
    ],
    [
      'a name that nothing stands for',
      'parts/table.njk',
      whole('\n\n{{ colums }}'),
      'Nothing here is named "colums"',
      '3:4',
    ],
    ['a tag in a part', 'parts/table.njk', whole('\n{% visitor "x" %}'), 'A visitor has no "x"', '2:4'],
    [
      'a text that is missing',
      'blocks/toolbar.njk',
      whole('\n{{ text("nope") }}'),
      'The messages "page" have no text "nope"',
      '2:8',
    ],
    [
      'a part that is missing',
      'blocks/list.njk',
      header('{% include "parts/tabel.njk" %}'),
      'No template is named "parts/tabel.njk"',
      '8:13',
    ],
    [
      'a macro file that is missing',
      'blocks/toolbar.njk',
      whole('{% from "parts/icons.njk" import icon %}'),
      'No template is named "parts/icons.njk"',
      '1:10',
    ],
    ['an unknown tag', 'blocks/list.njk', header('{% colum %}'), 'No tag is named "colum"', '8:4'],
    [
      'a field of a row that is not there',
      'blocks/list.njk',
      whole('{% for row in rows %}\n{{ row.nmae }}{% endfor %}'),
      'What is written here has no value',
      '2:1',
    ],
    [
      'a cell in rows that are repeated by hand',
      'blocks/list.njk',
      whole('{% for row in rows %}{% cell block.list.columns[0] %}{% endfor %}'),
      '{% cell %} stands outside of {% rows %}',
      '1:25',
    ],
    [
      'a slip that only shows when a provider fails',
      'parts/failed.njk',
      whole('{% if total == 0 %}{{ oops }}{% endif %}'),
      'Nothing here is named "oops"',
      '1:23',
    ],
    [
      'a page that is not the first',
      'pages/list.njk',
      whole('{% extends "page.njk" %}\n{% block main %}{{ pager.count }}{% endblock %}'),
      '"pager" has no "count"',
      '2:26',
    ],
    [
      'the page of errors',
      'pages/error.njk',
      whole('{% extends "page.njk" %}\n{% block main %}{% if %}{% endblock %}'),
      '{% if %} is not closed',
      '2:20',
    ],
    ['the sign-in page', 'pages/signin.njk', whole('{{ password }}'), 'Nothing here is named "password"', '1:4'],
    ['what only staff see', 'parts/strip.njk', whole('{{ problem.code }}'), 'Nothing here is named "problem"', '1:4'],
  ])('is a finding with its place: %s', async (_, template, change, message, place) => {
    const found = await findings(template, change);
    const code = /^Nothing here is|" has no "/.test(message) ? 'unknown-variable' : 'invalid-template';
    expect(found.map(({ code, severity, source, message }) => [code, severity, source.path, message])).toEqual([
      [code, 'error', `templates/${template}`, message],
    ]);
    const [{ source, range } = { source: { path: '', text: '' }, range: { start: 0, end: 0 } }] = found;
    const { line, column } = placeAt(source, range.start);
    expect(`${line}:${column}`).toBe(place);
  });

  test('is told of the template that has it, whichever was wrong before', async () => {
    for (const template of ['pages/error.njk', 'pages/help.njk', 'pages/error.njk']) {
      const [found] = await findings(template, () => '{% if %}');
      expect(found?.source.path).toBe(`templates/${template}`);
    }
  });

  test('is none when a missing part may be missing', async () => {
    expect(await findings('blocks/toolbar.njk', () => '{% include "parts/own.njk" ignore missing %}')).toEqual([]);
  });
});
