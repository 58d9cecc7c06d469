/**
 * Moments as text. `Intl` takes two microseconds for one, and no two are alike; but their days and their minutes of the day
 * are, so both are remembered, and put together as the language does it.
 */
import { remembered } from './remembered.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SAMPLE = Date.UTC(2026, 9, 25, 22, 48);

/** Writes moments in a language and a zone: `Mar 14, 2026, 9:26 PM`, with spaces that any font has. */
export function createMoments(
  language: string,
  zone: string,
  local: (time: number) => string,
): (time: number) => string {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const { format } = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
    return (time: number) => format(time).replaceAll('\u202f', ' ');
  };
  const whole = format({ dateStyle: 'medium', timeStyle: 'short' });
  const day = format({ dateStyle: 'medium' });
  const clock = format({ timeStyle: 'short' });
  let formatInZone: typeof whole | undefined;
  const inZone = (time: number) =>
    (formatInZone ??= format({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }))(time);
  const between = whole(SAMPLE).slice(day(SAMPLE).length, -clock(SAMPLE).length);
  if (whole(SAMPLE) !== day(SAMPLE) + between + clock(SAMPLE)) return inZone;
  const offsets = remembered(offsetsOf(local));
  const days = remembered((number: number) => day(number * DAY));
  const clocks = remembered((minute: number) => between + clock(minute * MINUTE));
  return (time) => {
    const local = time + offsets(Math.floor(time / DAY));
    if (Number.isNaN(local)) return inZone(time);
    const number = Math.floor(local / DAY);
    return days(number) + clocks(Math.floor((local - number * DAY) / MINUTE));
  };
}

/** The date and time in a zone, `2026-03-14 10:26:53`: Swedish has it so. */
export function createLocal(zone: string): (time: number) => string {
  const { format } = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone });
  return format;
}

/** Milliseconds by which the clocks of a zone are ahead on a day of UTC; NaN on one during which they change. */
function offsetsOf(local: (time: number) => string): (day: number) => number {
  const offset = (time: number) => Date.parse(`${local(time).replace(' ', 'T')}Z`) - time;
  return (day) => (offset(day * DAY) === offset((day + 1) * DAY) ? offset(day * DAY) : Number.NaN);
}

/** A moment as the store and its statements write it: `2026-03-14T09:26:53Z`. */
export function momentOf(time: Date | number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
