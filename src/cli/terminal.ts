import { fstatSync, writeSync } from 'node:fs';

/** `process.stdout` costs more to open than a small file to check, so its descriptor is used. */
const STDOUT = 1;

export function isTerminal(): boolean {
  return fstatSync(STDOUT).isCharacterDevice();
}

/** Whether what is printed may be coloured. */
export function wantsColour(): boolean {
  return isTerminal() && process.env.NO_COLOR === undefined;
}

/** Writes text out at once. */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(STDOUT, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error; // a slow reader: once more
    }
  }
}
