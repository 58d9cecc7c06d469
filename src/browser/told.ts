/** Server-sent events: the page is told that something was changed, and asks for it. Only a page that is seen listens. */
import { askAll } from './fresh.ts';

const SECOND = 1000;
const MOST = 60 * SECOND;
/** Milliseconds for which a page that is not seen goes on listening. */
const UNSEEN = 5 * SECOND;

let source: EventSource | undefined;
let wait = 2 * SECOND;
let timer = 0;
let isFirst = true;

function listen(): void {
  clearTimeout(timer);
  if (source || document.hidden) return;
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const age = isFirst && page ? Math.ceil(performance.now() - page.requestStart) : 0;
  const wasLeft = !isFirst;
  isFirst = false;
  const opened = new EventSource(`/events?age=${age}`);
  source = opened;
  opened.addEventListener('open', () => {
    wait = 2 * SECOND;
    // What happened while nobody listened is not known.
    if (wasLeft) askAll();
  });
  opened.addEventListener('changed', askAll);
  // Signed out: what stands here is not for everybody's eyes.
  opened.addEventListener('ended', () => location.reload());
  // Too many pages are open: this one listens again when it is seen anew.
  opened.addEventListener('full', leave);
  opened.addEventListener('error', () => {
    if (source !== opened) return;
    leave();
    timer = setTimeout(listen, wait);
    wait = Math.min(wait * 2, MOST);
  });
}

function leave(): void {
  clearTimeout(timer);
  source?.close();
  source = undefined;
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(timer);
  if (document.hidden) timer = setTimeout(leave, UNSEEN);
  else listen();
});
window.addEventListener('pagehide', leave);
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) listen();
});
// The first view comes before all else.
if (document.readyState === 'complete') listen();
else window.addEventListener('load', listen);
