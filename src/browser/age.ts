/** `Updated 14:02` in a block's heading, in the visitor's language and zone. */
import { settings } from './settings.ts';

export interface Age {
  /** On the clock of the page. */
  readonly at: number;
  /** It could not be updated since. */
  readonly isOld: boolean;
  readonly again: () => void;
}

const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  timeStyle: 'short',
  ...(settings.zone && { timeZone: settings.zone }),
});

/** Says it, where a block is updated by itself or is old; nothing where the block says its own age, or has nothing. */
export function showAge(line: HTMLElement, { at, isOld, again }: Age): void {
  const block = line.closest('[id^="block-"]');
  const isSaid = block?.querySelector('.aged, .is-failed') !== null;
  const isRefreshed = line.dataset.refresh !== undefined;
  line.hidden = !isRefreshed && !isOld;
  line.classList.toggle('is-unknown', isSaid);
  line.classList.toggle('is-old', isOld);
  const time = format.format(new Date(performance.timeOrigin + at));
  const text = (isOld ? settings.old : settings.updated)?.replace('__time__', time) ?? '';
  if (line.firstChild?.textContent !== text || !isOld) line.textContent = text;
  if (!isOld || line.querySelector('button')) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = settings.again ?? '';
  button.addEventListener('click', again);
  line.append(' ', button);
}
