import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Panel, startPanel } from '../support/panel.ts';
import { readable } from '../support/readable.ts';

const OVERLAY = 'layouts/billmgr_mod_shop.xml';
const PART = 'layouts/parts/shop.xml';

let panel: Panel;
let alice: string;
let admin: string;
beforeAll(async () => {
  panel = await startPanel({ watch: true });
  [alice, admin] = [await panel.signIn('alice'), await panel.signIn('admin')];
});
afterAll(() => panel.stop());

const html = async (path: string, cookie: string) => readable(await (await panel.get(path, { cookie })).text());
const eventually = (isTrue: () => Promise<void>) => vi.waitFor(isTrue, { timeout: 5000 });
/** The words of the taskbar. */
const taskbar = (page: string) =>
  (/class="taskbar"[^>]*>([\s\S]*?)<\/ul>/.exec(page)?.[1] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('an overlay', () => {
  test('changes the page of the demo without touching its file, and so does what it includes', async () => {
    expect(taskbar(await html('/home', alice))).not.toContain('Shop');
    await panel.write(
      PART,
      '<block><toolbtn name="shop" url="https://shop.example.com/" img="mb-money" before="help"/></block>',
    );
    await panel.write(
      OVERLAY,
      `<mgrdata>
        <block name="taskbar" level="5"><include name="parts/shop"/></block>
        <block name="tickets" title="Open questions"><col name="department" remove="yes"/></block>
        <metadata name="ticket"><toolbar><toolbtn name="new" remove="yes"/></toolbar></metadata>
        <lang name="en"><messages name="dashboard"><msg name="taskbar_shop">Shop</msg></messages></lang>
        <lang name="ru"><messages name="dashboard"><msg name="taskbar_shop">&#1052;&#1072;&#1075;&#1072;&#1079;&#1080;&#1085;</msg></messages></lang>
      </mgrdata>`,
    );
    await eventually(async () => expect(await html('/home', alice)).toContain('Open questions'));
    const page = await html('/home', alice);
    expect(taskbar(page)).toMatch(/settings Shop .*Read documentation/);
    expect(page).toContain('href="https://shop.example.com/"');
    expect(/Open questions[\s\S]*?<\/table>/.exec(page)?.[0]).not.toContain('Department');
    expect(await html('/list/ticket', alice)).not.toContain('/form/ticket.new');

    await panel.write(PART, '<block><toolbtn name="shop" url="/help" img="mb-money" first="yes"/></block>');
    await eventually(async () => expect(taskbar(await html('/home', alice))).toMatch(/ Shop Order/));
  });

  test('that points at something that is gone leaves the page as it was, and staff are told', async () => {
    await panel.write(OVERLAY, '<mgrdata><block name="tickts" title="Lost questions"/></mgrdata>');
    await eventually(async () => expect(await html('/home', admin)).toContain('has a block named'));
    expect(await html('/home', admin)).toContain(`${OVERLAY}:1:23`);
    expect(await html('/home', alice)).toContain('Open questions');
  });

  test('that is taken away leaves no trace', async () => {
    await rm(join(panel.folder, OVERLAY));
    await eventually(async () => expect(await html('/home', alice)).toContain('Active tickets'));
    expect(taskbar(await html('/home', alice))).not.toContain('Shop');
    expect(await html('/list/ticket', alice)).toContain('/form/ticket.new');
  });
});
