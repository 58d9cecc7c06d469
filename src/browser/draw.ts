/** Draws what is new over what is there, and takes nothing from under the visitor's hands. */
import { settings } from './settings.ts';

interface Htmx {
  swap(how: { text: string; target: Element; swap: string; sourceElement: Element }): Promise<void>;
}

declare global {
  interface Window {
    htmx?: Htmx;
  }
}

let isPressed = false;
for (const event of ['pointerdown', 'pointerup', 'pointercancel'])
  document.addEventListener(event, () => (isPressed = event === 'pointerdown'), { capture: true, passive: true });

/** Whether somebody is in the middle of something there: pressing, selecting, or has typed what is not sent. */
export function isHeld(area: Element): boolean {
  const selection = getSelection();
  const isSelected = selection !== null && !selection.isCollapsed && selection.containsNode(area, true);
  const typed = (field: Element) =>
    field instanceof HTMLSelectElement
      ? [...field.options].some((one) => one.selected !== one.defaultSelected && one.defaultSelected)
      : field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
        ? field.value !== field.defaultValue ||
          (field instanceof HTMLInputElement && field.checked !== field.defaultChecked)
        : field.textContent !== '';
  return (
    isPressed || isSelected || [...area.querySelectorAll('input, select, textarea, [contenteditable]')].some(typed)
  );
}

/** Whether both are the same but for what the script and the visitor have done to one. */
export function isSame(area: Element, fresh: Element): boolean {
  return plain(area) === plain(fresh);
}

function plain(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const line of copy.querySelectorAll('.fresh')) line.remove();
  for (const opened of copy.querySelectorAll('details')) opened.open = false;
  for (const one of [copy, ...copy.querySelectorAll('[tabindex], [data-htmx-powered]')]) {
    one.removeAttribute('tabindex');
    one.removeAttribute('data-htmx-powered');
  }
  return copy.outerHTML;
}

/** Draws it, and leaves the focus where it was: on what it was on, else on the block that it was in. */
export async function draw(area: Element, fresh: Element): Promise<void> {
  const { id } = area;
  const htmx = await loadHtmx();
  const focused = area.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.closest('[id^="block-"]')?.id ?? id;
  const before = focused && nameOf(focused);
  await htmx.swap({ text: fresh.outerHTML, target: area, swap: 'outerMorph', sourceElement: document.body });
  if (!focused || (document.activeElement === focused && nameOf(focused) === before)) return;
  const block = document.getElementById(place);
  const same = [...(block?.querySelectorAll<HTMLElement>(FOCUSED) ?? [])].find((one) => nameOf(one) === before);
  if (!same) block?.setAttribute('tabindex', '-1');
  (same ?? block)?.focus({ preventScroll: true });
}

const FOCUSED = 'a[href], button, input, select, textarea, summary, iframe, [tabindex]';

/** What tells an element from others of its block: where it leads, or what it sends. */
function nameOf(element: Element): string {
  const parts = ['href', 'name', 'value', 'type'].map((name) => element.getAttribute(name) ?? '');
  const form = element.closest('form');
  const sent = form ? [form.getAttribute('action'), ...[...new FormData(form)].flat().map(String)] : [];
  return [element.localName, ...parts, ...sent, element.textContent].join('\n');
}

let loading: Promise<Htmx> | undefined;

/** The script of list and form pages brings it; a page where nothing ever changes does without. */
function loadHtmx(): Promise<Htmx> {
  loading ??= new Promise<Htmx>((resolve, reject) => {
    if (window.htmx) return resolve(window.htmx);
    const script = document.createElement('script');
    script.src = settings.morph ?? '';
    script.onload = () => (window.htmx ? resolve(window.htmx) : reject(new Error('No htmx')));
    script.onerror = () => {
      loading = undefined;
      reject(new Error('The script did not load'));
    };
    document.head.append(script);
  });
  return loading;
}
