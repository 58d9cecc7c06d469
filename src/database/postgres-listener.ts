import type { Line } from 'pg';
import type { Ears, Listening } from './contract.ts';

/** Milliseconds before a lost connection is tried again, and the most of them. */
const FIRST = 100;
const MOST = 5000;

/** Hears one channel through a connection of its own, which is made again whenever it is lost. */
export function listen(open: () => Line, channel: string, ears: Ears): Listening {
  let line: Line | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wait = FIRST;
  let isOver = false;

  const lost = (from: Line) => {
    if (from !== line) return;
    line = undefined;
    void from.end().catch(() => {});
    if (isOver) return;
    timer = setTimeout(() => void begin(), wait).unref();
    wait = Math.min(wait * 2, MOST);
  };

  const begin = async () => {
    const opened = open();
    line = opened;
    opened.on('error', () => lost(opened));
    opened.on('end', () => lost(opened));
    opened.on('notification', ({ payload = '' }) => ears.heard(payload));
    try {
      await opened.connect();
      await opened.query({ text: `listen "${channel}"` });
    } catch {
      return lost(opened);
    }
    wait = FIRST;
    if (!isOver) ears.begun();
  };

  void begin();
  return {
    async stop() {
      isOver = true;
      clearTimeout(timer);
      await line?.end().catch(() => {});
    },
  };
}
