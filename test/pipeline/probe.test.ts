import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bed, startBed } from '../support/bed.ts';
import { ownFile } from '../support/panel.ts';
import { safeLink } from '../../src/link.ts';
import { readLevel } from '../../src/level.ts';
import { fill } from '../../src/messages.ts';
import { formatsOf } from '../../src/formats.ts';

let bed: Bed;
beforeAll(async () => { bed = await startBed(); });
afterAll(() => bed.stop());
const own = (p: string) => readFile(ownFile(p), 'utf8');

const show = async (name: string, f: () => unknown) => {
  try { console.log(name, '=>', await f()); } catch (e: any) { console.log(name, 'THROWS', e.constructor.name, e.message, JSON.stringify((e.diagnostics ?? []).map((d: any) => [d.source.path, d.source.text.split('\n').length, d.range.start - d.source.text.lastIndexOf('\n'), d.message]))); }
};

test('probe', async () => {
  for (const l of ['/.//evil.com', '/..//evil.com', '/a/..//evil.com','/a b', 'java\u0001script:alert(1)', '/\t/evil.com', '/./\\evil.com', 'http:/evil.com','mailto:a@b', 'HTTPS://User@x/']) console.log(JSON.stringify(l), safeLink(l));
  console.log('level', readLevel('constructor'), readLevel('toString+'));
  console.log(fill('__constructor__ x', 'en', {}));
  for (const c of ['EUR','USD','RUB','JPY','KWD','XYZ9','', 'XXX']) console.log(c, ['en','ru'].map((l) => formatsOf(l,'UTC').money(-123456, c)));
  const list = await own('templates/blocks/list.njk');
  const table = await own('templates/parts/table.njk');
  const scope = await bed.scopeOf('alice');
  const tryAll = async (files: Record<string,string>) => { const e = await bed.engine(files); const p = await e.home(scope); return 'OK ' + p.body.length; };
  await show('plain', () => tryAll({}));
  await show('visitor', () => tryAll({ 'templates/blocks/list.njk': list.replace('<header', '{% visitor "secret" %}\n<header') }));
  await show('cell outside', () => tryAll({ 'templates/blocks/list.njk': list.replace('<header', '{% cell list.columns[0] %}\n<header') }));
  await show('cell outside in home', async () => tryAll({ 'templates/pages/home.njk': (await own('templates/pages/home.njk')).replace('<div class="regions">', '{% cell list %}\n<div class="regions">') }));
  await show('value name', async () => tryAll({ 'templates/columns/date.njk': 'a\n\n  {% value "nope" %}\n' }));
  await show('when name', async () => tryAll({ 'templates/columns/date.njk': 'a\n\n  {% when "nope" %}x{% endwhen %}\n' }));
  await show('include error', async () => tryAll({ 'templates/parts/table.njk': table.replace('<tbody', '\n\n{{ nothing.here }}<tbody') }));
  await show('include tag error', async () => tryAll({ 'templates/parts/table.njk': table.replace('<tbody', '\n\n{% visitor "x" %}<tbody') }));
  await show('syntax in include', async () => tryAll({ 'templates/parts/table.njk': table.replace('{% endrows %}', '') }));
  await show('missing include', async () => tryAll({ 'templates/blocks/list.njk': list.replace('parts/table.njk', 'parts/tabel.njk') }));
  await show('unknown tag', async () => tryAll({ 'templates/blocks/list.njk': list.replace('<header', '{% foo %}\n<header') }));
  await show('live undefined', async () => tryAll({ 'templates/blocks/list.njk': list.replace('<header', '\n{{ rows[0].nope }}\n<header') }));
  await show('live null', async () => tryAll({ 'templates/blocks/list.njk': list.replace('<header', '\n{% for row in rows %}{{ row.expires }}{% endfor %}\n<header') }));
  await show('live visitor', async () => tryAll({ 'templates/blocks/list.njk': list.replace('<header', '\n{% if rows.length %}{% visitor "x" %}{% endif %}\n<header') }));
  await show('broken list page', async () => { const e = await bed.engine({ 'templates/pages/list.njk': '{% extends "page.njk" %}\n{% block main %}{% if %}{% endblock %}' }); return (await e.list(scope, 'ticket', new URLSearchParams()))?.body.length; });
  await show('broken error page', async () => { const e = await bed.engine({ 'templates/pages/error.njk': '{% extends "page.njk" %}\n{% block main %}{{ nope }}{% endblock %}' }); return e.page('error', { language: 'en', theme: 'system', level: 5 }, { status: 404, incident: 'x', known: 404 }).body.length; });
  await show('forge', async () => { const e = await bed.engine(); return e.page('signin', { language: 'en', theme: 'system', level: undefined }, { login: '\u00015\u0002', next: '', isRefused: true, isDemo: false }).body.length; });
  await show('macro rows', async () => { const e = await bed.engine({ 'templates/parts/m.njk': '{% macro m() %}[{{ rows.length }}]{% endmacro %}', 'templates/blocks/list.njk': '{% from "parts/m.njk" import m with context %}' + list.replace('<header', '{{ m() }}<header') }); return String((await e.home(scope)).body).match(/\[\d*\]/g); });
  await show('distance null', async () => tryAll({ 'templates/columns/date.njk': '{% value "distance" %}' }));
});
