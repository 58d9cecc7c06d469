import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { billing } from '../../src/billing/index.ts';
import type { Scope } from '../../src/provider.ts';
import { type Bed, startBed } from '../support/bed.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const DATA = join(import.meta.dirname, '../../data');

/** Every list that a customer may see, from definitions and from code. */
const inXml = readdirSync(DATA)
  .filter((name) => name.endsWith('.xml'))
  .flatMap((name) => [
    ...readFileSync(join(DATA, name), 'utf8').matchAll(/<metadata name="([^"]+)" type="list"([^>]*)/g),
  ])
  .filter(([, , rest]) => rest?.includes('5'))
  .map(([, name]) => String(name));
const lists = [...new Set([...inXml, ...billing.providers.map(({ name }) => name)])];
const BANDS = ['report.spending', 'report.tickets'];

let bed: Bed;
let alice: Scope;
beforeAll(async () => {
  bed = await startBed();
  alice = await bed.scopeOf('alice');
});
afterAll(() => bed.stop());

const blockOf = (func: string, rest: string) =>
  `<block name="it" position="left" type="${BANDS.includes(func) ? 'report' : 'list'}" func="${func}" ${rest}/>`;

/** The providers that were called for a page with such a block. */
async function callsOf(func: string, rest: string): Promise<string[]> {
  const called: string[] = [];
  const texts = '<mgrdata><lang name="en"><messages name="it"><msg name="title">It</msg></messages></lang></mgrdata>';
  const engine = await bed.engine(
    { [LAYOUT]: `<doc>${blockOf(func, rest)}</doc>`, 'layouts/lang/own.xml': texts },
    {},
    { onCall: (call) => called.push(call.func) },
  );
  expect(String((await engine.home(alice)).body)).toContain('</html>');
  await engine.block(alice, 'it');
  return called;
}

describe.each([...lists, ...BANDS])('the provider of %s', (func) => {
  test('is called for a block that is shown, and never for one of another level', async () => {
    expect((await callsOf(func, '')).length).toBeGreaterThan(0);
    expect(await callsOf(func, 'level="7"')).toEqual([]);
  });
});
