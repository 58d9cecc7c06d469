import { resolve, sep } from 'node:path';
import type { Configuration } from '../configuration.ts';
import { watchContent } from '../content.ts';
import { type CheckOptions, checkOnce } from './check-once.ts';
import { contentRoot } from './files-to-check.ts';
import { isTerminal, print } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The terminal as if it were new, with nothing to scroll back to. */
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/** Checks now and whenever a file of the content changes; a signal ends it with the code of the last check. */
export async function watchCheck(
  names: readonly string[],
  options: CheckOptions,
  settings: Configuration,
): Promise<void> {
  const run = async () => {
    if (isTerminal()) print(CLEAR);
    process.exitCode = (await checkOnce(names, options, settings).catch(sayAndGoOn)) ? 1 : 0;
    if (options.format === 'pretty') print(`Checked at ${new Date().toLocaleTimeString('en-GB')}; watching.\n`);
  };
  const root = contentRoot(names, settings.LINTEL_CONTENT);
  const alone = names.map((name) => resolve(name)).filter((place) => !place.startsWith(`${root}${sep}`));
  await new Promise<void>((resolve, reject) => {
    let running: Promise<void> = Promise.resolve();
    let isWaiting = false;
    // One check at a time; changes during one are one more after it.
    const again = () => {
      if (isWaiting) return;
      isWaiting = true;
      running = running.then(() => {
        isWaiting = false;
        return run();
      });
      running.catch(reject);
    };
    const watching = watchContent(root === undefined ? [] : [root], again, alone);
    // What changes during the first check is seen already.
    watching.then(again, reject);
    const stop = () => void watching.then((watcher) => watcher.close()).then(resolve, reject);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  });
}

/** A file that is gone for a moment, or a module with a slip, does not end the watching. */
function sayAndGoOn(error: unknown): true {
  if (!(error instanceof UsageError)) throw error;
  console.error(`lintel: ${error.message}`);
  return true;
}
