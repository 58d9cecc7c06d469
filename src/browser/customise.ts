/**
 * The script of the page on which visitors arrange their home page: blocks are dragged by their grip, and a change spares
 * the reload. Both do what the buttons do, by the same request.
 */
import Sortable from 'sortablejs';

const SAME = { method: 'POST', headers: { Accept: 'text/html' } };

document.documentElement.classList.add('is-scripted');

/** Reads out what was done: a place that is there from the start is heard. */
const said = document.createElement('p');
said.className = 'vh';
said.setAttribute('role', 'status');
document.querySelector('main')?.append(said);

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || form.getAttribute('action') !== '/customise') return;
  if (!form.closest('#arranging')) return;
  event.preventDefault();
  void send(bodyOf(new FormData(form, submitter)));
});

const bodyOf = (data: FormData) => new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));

/** One change at a time: what is pressed meanwhile waits for its turn. */
let turn = Promise.resolve();

function send(body: URLSearchParams): Promise<void> {
  turn = turn.then(() => change(body));
  return turn;
}

async function change(body: URLSearchParams): Promise<void> {
  document.querySelector('.arranging')?.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch('/customise', { ...SAME, body });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('#arranging');
    // Signed out meanwhile, or a change that cannot be made any more: the page as it is says so.
    if (!answer.ok || !fresh) throw new Error('Nothing to show');
    show(fresh, page);
  } catch {
    location.assign('/customise');
  }
}

function show(fresh: Element, page: Document): void {
  const focused = fresh.querySelector('[autofocus]')?.id ?? document.activeElement?.id;
  document.querySelector('#arranging')?.replaceWith(document.adoptNode(fresh));
  document.querySelector('.notice[role="status"]')?.remove();
  const text = page.querySelector('.notice[role="status"]')?.textContent.trim() ?? '';
  said.textContent = text;
  document.title = page.title;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: false });
  dragging();
}

function dragging(): void {
  for (const list of document.querySelectorAll<HTMLElement>('ol[data-place]')) {
    Sortable.create(list, {
      group: 'blocks',
      handle: '.grip',
      draggable: '.card:not([data-fixed])',
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 140,
      onEnd: ({ item, to, from, oldIndex, newIndex }) => {
        if (to === from && oldIndex === newIndex) return;
        const before = [...to.querySelectorAll<HTMLElement>(':scope > .card:not([data-fixed])')];
        const previous = before[before.indexOf(item) - 1]?.dataset.block ?? '';
        const place = { act: 'move', block: item.dataset.block ?? '', to: to.dataset.place ?? '', name: previous };
        void send(new URLSearchParams(place));
      },
    });
  }
}

dragging();
