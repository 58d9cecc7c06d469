/** The built command, run as its user runs it: in a folder, with an environment of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PACKAGE } from '../../src/content.ts';

const LINTEL = ['lintel.cjs', 'lintel.js'].map((name) => join(PACKAGE, 'dist', name)).find(existsSync) ?? '';

/** Milliseconds after which a command that does not end is killed. */
const LONGEST = 20_000;

export interface Surroundings {
  readonly cwd?: string;
  /** Settings; those of the shell that runs the tests are not seen. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Finished {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. */
export async function lintel(args: readonly string[], surroundings: Surroundings = {}): Promise<Finished> {
  return start(args, surroundings).ended;
}

export interface Serving {
  readonly address: string;
  /** What it printed until now. */
  readonly stdout: () => string;
  readonly ended: Promise<Finished>;
  signal(name: NodeJS.Signals): void;
}

/** `lintel serve` on a free port, from when it prints its address. */
export async function serve({ cwd, env }: Surroundings): Promise<Serving> {
  const { child, ended, stdout } = start(['serve'], { cwd, env: { PORT: '0', ...env } });
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [, found] = /Lintel is at (http\S+)/.exec(stdout()) ?? [];
      if (found) resolve(found);
    });
    void ended.then(({ code, stderr }) => reject(new Error(`The server ended with ${code}: ${stderr}`)));
  });
  return { address, stdout, ended, signal: (name) => void child.kill(name) };
}

function start(args: readonly string[], { cwd = PACKAGE, env = {} }: Surroundings) {
  const child: ChildProcess = spawn(process.execPath, [LINTEL, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST,
    killSignal: 'SIGKILL',
  });
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const ended = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...text }));
  });
  return { child, ended, stdout: () => text.stdout };
}

/** Folders with files in them, all removed at the end. */
export function createFolders() {
  const made: string[] = [];
  return {
    /** A new folder that holds `files`, by path. */
    async make(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), 'lintel-test-'));
      made.push(folder);
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      return folder;
    },
    async remove() {
      await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
