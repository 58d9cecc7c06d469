/** A Chromium wherever the tests run: the machine's own, or the one that npm brings for Linux. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PLACES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  chromium.executablePath(),
];

/** Starts the first browser found in `places`, else the one that npm brought; without either, says what to do. */
export async function launchChromium(places: readonly (string | undefined)[] = PLACES): Promise<Browser> {
  const found = places.find((place) => place && existsSync(place));
  if (found) return chromium.launch({ executablePath: found, args: FLAGS });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The browser tests found no Chrome, Chromium or Edge: install one, or set CHROME_PATH to its program.',
    );
  }
  const folder = await unpack();
  // Not the arguments that the package proposes: they switch off the rules of origins, which are tested here.
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: FLAGS,
    env: { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts'), LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') },
  });
}

/** Beside the package, so that a new installation unpacks its own. */
const UNPACKED = join(import.meta.dirname, '../../node_modules/.cache/chromium');

/** Unpacks once, aside and then moved into place: test files start at the same time. */
async function unpack(): Promise<string> {
  if (existsSync(UNPACKED)) return UNPACKED;
  await mkdir(dirname(UNPACKED), { recursive: true });
  const aside = await mkdtemp(`${UNPACKED}-`);
  const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  // The variable makes it unpack the libraries that a bare machine lacks.
  const env = { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await promisify(execFile)(process.execPath, ['-e', script], { env, cwd: import.meta.dirname });
  // Its own list of folders holds for /tmp only, and without any font Chromium ends at the first input.
  await writeFile(join(aside, 'fonts', 'fonts.conf'), '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>');
  await rename(aside, UNPACKED).catch(() => rm(aside, { recursive: true }));
  return UNPACKED;
}
