import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Additions } from '../src/catalogue.ts';
import { isPresent, presentPart, readFeatures } from '../src/features.ts';
import { LayoutError } from '../src/layout-error.ts';
import type { Scope } from '../src/provider.ts';
import { elementsOf, type XmlElement } from '../src/xml/node.ts';
import { readXml } from '../src/xml/read.ts';
import { type Bed, startBed } from './support/bed.ts';

const rootOf = (text: string) => readXml('a.xml', Buffer.from(text)).root as XmlElement;

describe('an element', () => {
  test.each([
    ['<a/>', true],
    ['<a if="vm"/>', true],
    ['<a if="dns, vm"/>', true],
    ['<a if="dns"/>', false],
  ])('is there when one of its features is: %s', (text, isThere) => {
    expect(isPresent(rootOf(text), new Set(readFeatures('vm, backup')))).toBe(isThere);
  });

  test('stays the same when nothing in it is absent, and else loses what is', () => {
    const whole = rootOf('<a><b if="x"/><c><d if="x"/>text<e/></c></a>');
    expect(presentPart(whole, new Set(['x']))).toBe(whole);
    const part = presentPart(whole, new Set());
    expect(part && elementsOf(part).map(({ name }) => name)).toEqual(['c']);
    expect(part && elementsOf(part).flatMap((child) => elementsOf(child).map(({ name }) => name))).toEqual(['e']);
  });
});

const LAYOUT = `<doc>
  <block name="bar" position="top" type="toolbar">
    <toolbtn name="one" list="ticket"/><toolbtn name="two" list="nowhere" if="two"/>
  </block>
  <block name="tickets" position="left" type="list" func="ticket" if="tickets">
    <toolbtn name="edit"/><col name="subject"/><col name="status" if="states"/>
  </block>
  <block name="extra" position="left" type="list" func="extra"/>
</doc>`;
const EXTRA = `<mgrdata><metadata name="extra" type="list" level="5" key="id" if="tickets">
  <query>select id, customer_id, subject from ticket where customer_id = :customer</query>
  <toolbar><toolbtn name="edit" func="ticket.edit" type="edit" if="edit"/></toolbar>
  <coldata><col name="subject"/></coldata></metadata></mgrdata>`;

describe('a home page', () => {
  let bed: Bed;
  let alice: Scope;
  beforeAll(async () => {
    bed = await startBed();
    alice = await bed.scopeOf('alice');
  });
  afterAll(() => bed.stop());

  const home = async (additions: Additions = {}) => {
    const engine = await bed.engine({ 'layouts/billmgr_dashboard_5.xml': LAYOUT, 'data/extra.xml': EXTRA }, additions);
    return String((await engine.home(alice)).body);
  };

  test('has nothing whose feature is absent, and asks for nothing that it names', async () => {
    const page = await home();
    expect(page).toContain('<span>one');
    expect(page).not.toContain('<span>two');
    expect(page).not.toContain('block-tickets');
    expect(page).not.toContain('block-extra');
  });

  test('has it where the feature is', async () => {
    const page = await home({ features: ['tickets'] });
    expect(page).toContain('block-tickets');
    expect(page).toContain('block-extra');
    expect(page).not.toContain('c-message');
    expect(await home({ features: ['tickets', 'states'] })).toContain('c-message');
  });

  test('is checked as it is with its features', async () => {
    await expect(home({ features: ['two'] })).rejects.toBeInstanceOf(LayoutError);
  });
});
