import { spawn } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PACKAGE } from '../../src/content.ts';
import { createFolders } from '../support/command.ts';

const LAYOUT = 'layouts/billmgr_dashboard_5.xml';
const CLEAN = '<doc><block name="a" position="top" type="toolbar"/></doc>';
const BROKEN = CLEAN.replace('top', 'tpo');

const folders = createFolders();
afterAll(() => folders.remove());

/** `lintel check --watch`; `next` gives what it prints until it waits again. */
function watch(cwd: string, ...args: string[]) {
  const command = [join(PACKAGE, 'dist/lintel.cjs'), 'check', '--watch', ...args];
  const child = spawn(process.execPath, command, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 });
  let text = '';
  let seen = 0;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('; watching.\n', seen);
        if (end >= 0) {
          const said = text.slice(seen, end);
          seen = end + '; watching.\n'.length;
          return said;
        }
        if (child.exitCode !== null) throw new Error(`It ended: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    stop(signal: NodeJS.Signals) {
      child.kill(signal);
      return ended;
    },
  };
}

/** As an editor does it: a new file in place of the old one, so that none is ever half written. */
async function put(cwd: string, text: string): Promise<void> {
  await writeFile(join(cwd, 'new.xml'), text);
  await rename(join(cwd, 'new.xml'), join(cwd, LAYOUT));
}

/** Changes that follow each other at once are one. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 300));

describe('lintel check --watch', () => {
  test('checks again when a file changes, and ends with the code of the last check', async () => {
    const cwd = await folders.make({ [LAYOUT]: CLEAN });
    const watching = watch(cwd, LAYOUT);
    expect(await watching.next()).toMatch(/^No problems in 1 file\.\nChecked at \d\d:\d\d:\d\d$/);
    await settle();
    await put(cwd, BROKEN);
    expect(await watching.next()).toContain('[invalid-value]');
    await put(cwd, CLEAN);
    expect(await watching.next()).toMatch(/^No problems/);
    await settle();
    await put(cwd, BROKEN);
    await watching.next();
    expect(await watching.stop('SIGINT')).toBe(1);
  });

  test('follows the whole content, new files too, and goes on when a file is gone', async () => {
    const cwd = await folders.make({ [LAYOUT]: CLEAN });
    const watching = watch(cwd, LAYOUT);
    await watching.next();
    await settle();
    await rm(join(cwd, LAYOUT));
    expect(await watching.next()).toContain(`lintel: There is no file ${LAYOUT}`);
    await put(cwd, CLEAN);
    expect(await watching.next()).toMatch(/^No problems/);
    expect(await watching.stop('SIGTERM')).toBe(0);
  });
});
