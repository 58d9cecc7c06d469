import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { escapeText } from '../../src/pipeline/segments.ts';
import { defineProvider, type Scope } from '../../src/provider.ts';
import { type Bed, startBed } from '../support/bed.ts';

const MARKER = 'MARKER';
const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</td></table><h1>',
  '&lt;b&gt; &amp; &',
  '{{ 7 * 7 }}{% strip %}{# gone #}',
  '$& $1 $` $$',
  '\u00010\u0002',
  '\u00011\u0002\u00012\u0002',
  '<\u00010\u0002>',
  '\u0001999999\u0002',
  '\u0000\u0007\u001b[31m',
  '\u202egnp.exe',
  '\ud83e\udd8a \ud800',
];

/** Rows whose texts a test chooses. */
let text = MARKER;
const note = defineProvider({
  name: 'note',
  level: '5',
  key: 'id',
  keyname: 'text',
  cache: 0,
  columns: [
    { name: 'text' },
    { name: 'kind', type: 'msg' },
    { name: 'day', type: 'date' },
    { name: 'sum', type: 'money' },
  ],
  buttons: [{ name: 'edit', type: 'edit', func: 'ticket.edit' }],
  sample: [{ id: 'x', customer_id: 1, text: 'x', kind: 'x', day: '2026-03-14', sum: 1, currency: 'EUR' }],
  rows: async ({ customer }) => [
    { id: text, customer_id: customer, text, kind: text, day: text, sum: 100, currency: `X${text}X` },
  ],
});
const FILES = {
  'layouts/billmgr_dashboard_5.xml':
    '<doc><block name="notes" position="left" type="list" func="note"><toolbtn name="edit" default="yes"/></block></doc>',
  'data/note.xml':
    '<mgrdata><lang name="en"><messages name="note"><msg name="title">Notes</msg></messages></lang></mgrdata>',
};
const LIVE =
  '{% if block.name == "notes" %}{% for row in rows %}<p title="{{ row.text }}">{{ row.text }} {{ row.key }}</p>{% endfor %}{% endif %}';

let bed: Bed;
let engines: Engine[];
let alice: Scope;
beforeAll(async () => {
  bed = await startBed();
  const additions = { providers: [note] };
  engines = [
    await bed.engine(FILES, additions),
    await bed.engine({ ...FILES, 'templates/blocks/list.njk': LIVE }, additions),
  ];
  alice = await bed.scopeOf('alice');
});
afterAll(() => bed.stop());

async function pagesWith(value: string): Promise<string[]> {
  text = value;
  const pages = engines.map(async (engine) =>
    String((await engine.home({ ...alice, name: value, login: value })).body),
  );
  return Promise.all(pages);
}

/** What a page is with another value at the places of the marker. */
function put(page: string, value: string): string {
  const bytes = Buffer.from(value).toString();
  return page
    .replaceAll(`elid=${MARKER}`, () => `elid=${encodeURIComponent(bytes)}`)
    .replaceAll(MARKER, () => escapeText(bytes));
}

describe('a value', () => {
  test.each(ATTACKS)('changes a page only at its own places, escaped: %j', async (value) => {
    const [before, after] = [await pagesWith(MARKER), await pagesWith(value)];
    for (const [index, page] of before.entries()) expect(plain(after[index])).toBe(plain(put(page, value)));
    for (const page of after) expect(page).not.toMatch(/<script>|<img src=x|onerror=alert\(1\)>|<h1>\s*<\/td>/);
  });

  test('changes a page only at its own places, whatever it is', async () => {
    const before = await pagesWith(MARKER);
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...ATTACKS, '<', '\u0001', '\u0002', '>', '0', '%', '&', '"', "'", '\n'),
    );
    const value = fc.array(piece, { maxLength: 6, size: 'max' }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(value, async (any) => {
        const after = await pagesWith(any);
        for (const [index, page] of before.entries()) expect(plain(after[index])).toBe(plain(put(page, any)));
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test('is as safe in what a visitor sends back', async () => {
    const [engine] = engines;
    const audience = { language: 'en', theme: 'system', level: undefined } as const;
    const page = (login: string) =>
      Buffer.from(
        engine?.page('signin', audience, { login, next: '', isRefused: true, isDemo: true }).body ?? '',
      ).toString();
    for (const value of ATTACKS) expect(plain(page(value))).toBe(plain(put(page(MARKER), value)));
  });
});

/** Nunjucks escapes a back quote and a backslash as well. */
function plain(page: string | undefined): string {
  return (page ?? '').replaceAll('&#96;', '`').replaceAll('&#92;', '\\');
}
