/** `lintel check` as a whole process against `node -e 0`, and the check itself of a 10 KB and a 1 MB layout with findings. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNS = 21;

export function benchCheck(): void {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  mkdirSync(join(folder, 'layouts'));
  try {
    const node = median(() => timed(['-e', '0']));
    const rows = [
      ['node -e 0', node],
      ['check, our own layout', median(() => timed(['dist/lintel.cjs', 'check', 'layouts/billmgr_dashboard_5.xml']))],
      ['check, 10 KB', median(() => timed(['dist/lintel.cjs', 'check', layoutOf(10_000, folder)], 1))],
      [
        'check, 1 MB',
        median(() => timed(['dist/lintel.cjs', 'check', '--format', 'line', layoutOf(1_000_000, folder)], 1), 5),
      ],
    ] as const;
    console.log(`\n${'whole process, median'.padEnd(26)}    wall ms   over node   ratio`);
    for (const [name, ms] of rows) {
      const ratio = (ms / node).toFixed(2).padStart(7);
      console.log(`${name.padEnd(26)} ${ms.toFixed(1).padStart(10)} ${(ms - node).toFixed(1).padStart(11)} ${ratio}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(args: readonly string[], wanted = 0): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = performance.now() - started;
  if (status !== wanted) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
  return ms;
}

function median(run: () => number, runs = RUNS): number {
  run();
  const times = Array.from({ length: runs }, run).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** A layout of so many bytes, with a slip in every twentieth block. */
function layoutOf(bytes: number, folder: string): string {
  const blocks: string[] = [];
  for (let at = 0, size = 0; size < bytes - 400; at += 1) {
    const func = at % 20 === 19 ? 'tickt' : 'ticket';
    const block = `  <block name="tickets${at}" position="left" type="list" func="${func}" rows="5" title="Tickets ${at}">\n    <toolbtn name="edit" default="yes"/>\n    <col name="subject"/>\n    <col name="status"/>\n    <col name="updated" sorted="desc"/>\n  </block>\n`;
    blocks.push(block);
    size += block.length;
  }
  const path = join(folder, 'layouts', `billmgr_dashboard_${bytes > 100_000 ? 6 : 5}.xml`);
  writeFileSync(path, `<doc>\n${blocks.join('')}</doc>\n`);
  if (Math.abs(statSync(path).size - bytes) > 1000) throw new Error(`${path} is not of ${bytes} bytes`);
  return path;
}
