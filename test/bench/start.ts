import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** One of the servers of `server.ts`, on its own core where the machine lets us choose. */
export async function startServer(
  variant: string,
  database: string,
  typical: number,
): Promise<{ port: number; child: ChildProcess }> {
  const command = [process.execPath, join(here, 'bench-server.js'), variant, database, String(typical)];
  const pinned = process.platform === 'linux' ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(pinned[0] ?? '', pinned.slice(1), {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
    child.once('exit', (code) => reject(new Error(`${variant} ended with ${code}`)));
  });
  return { port, child };
}
