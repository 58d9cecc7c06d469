/** `lintel check` as a whole process against `node -e 0`, and the check itself of a 10 KB and a 1 MB layout with findings. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

/** `lintel check` of a thousand layouts in one process against `xmllint` with our schema, and of one of 1 MB: processor time. */
export function benchManyFiles(): void {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-bench-'));
  mkdirSync(join(folder, 'layouts'));
  try {
    const layout = readFileSync(layoutOf(10_000, folder), 'utf8').replaceAll('"tickt"', '"ticket"');
    rmSync(join(folder, 'layouts'), { recursive: true });
    mkdirSync(join(folder, 'layouts'));
    for (let at = 0; at < 1000; at += 1) writeFileSync(join(folder, `layouts/host${at}_dashboard_5.xml`), layout);
    const lintel = join(process.cwd(), 'dist/lintel.cjs');
    const files = `'${folder}'/layouts/host*.xml`;
    execFileSync(process.execPath, [lintel, 'schema', '--structure', '--out', join(folder, 'lintel.xsd')]);
    const node = processorTime(`'${process.execPath}' -e 0`);
    const xmllint = processorTime(`xmllint --noout --schema '${folder}/lintel.xsd' ${files}`);
    const check = processorTime(`'${process.execPath}' '${lintel}' check ${files}`);
    rmSync(join(folder, 'layouts'), { recursive: true });
    mkdirSync(join(folder, 'layouts'));
    const large = layoutOf(1_000_000, folder);
    const one = processorTime(`'${process.execPath}' '${lintel}' check --format line '${large}'`);
    console.log('\nprocessor time, least of five');
    console.log(
      `1,000 files of 10 KB: xmllint ${xmllint} ms, check ${check} ms, ratio ${(check / xmllint).toFixed(2)}`,
    );
    console.log(`1 MB with findings: check ${one} ms, ${one - node} ms over node`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that a shell command and its children used, user and system. */
function processorTime(command: string): number {
  const times = Array.from({ length: 5 }, () => {
    const { stdout } = spawnSync('sh', ['-c', `${command} > /dev/null 2>&1; times`], { encoding: 'utf8' });
    const [, children = ''] = stdout.trim().split('\n');
    const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
    return Math.round(seconds.reduce((sum, time) => sum + time, 0) * 1000);
  });
  return Math.min(...times);
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
    const block = `  <block name="tickets${at}" position="left" type="list" func="${func}" rows="5" title="Tickets of the customer, page ${at}">\n    <toolbtn name="edit" default="yes"/>\n    <col name="subject"/>\n    <col name="status"/>\n    <col name="updated" sorted="desc"/>\n  </block>\n`;
    blocks.push(block);
    size += block.length;
  }
  const path = join(folder, 'layouts', `billmgr_dashboard_5.xml`);
  writeFileSync(path, `<doc>\n${blocks.join('')}</doc>\n`);
  if (Math.abs(statSync(path).size - bytes) > 1000) throw new Error(`${path} is not of ${bytes} bytes`);
  return path;
}
