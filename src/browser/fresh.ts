/** Blocks that are asked for anew: each after its time while the page is seen, and all once something was changed. */

import { showAge } from './age.ts';
import { ask, elementIn } from './ask.ts';
import { draw, isHeld, isSame } from './draw.ts';

interface Course {
  /** When it was known to be current, on the clock of the page. */
  at: number;
  /** When it is asked for again. */
  due: number;
  failures: number;
  isAsking: boolean;
  /** Came, and waits until the visitor is done there. */
  waiting?: Element | undefined;
}

const SECOND = 1000;
/** Milliseconds between two tries when one failed after another. */
const MOST = 300 * SECOND;

/** Staff read why blocks are there, which stands on that page alone. */
const isStill = new URLSearchParams(location.search).has('why');

const courses = new Map<string, Course>();
/** The page as it is was drawn by then. */
const drawn = performance
  .getEntriesByType('navigation')
  .map((one) => (one as PerformanceNavigationTiming).requestStart);

/** Every block that says when it was updated. */
const lines = () => [...document.querySelectorAll<HTMLElement>('[data-fresh]')];

function courseOf(line: HTMLElement): Course {
  const name = line.dataset.fresh ?? '';
  let course = courses.get(name);
  if (!course) {
    const at = drawn[0] ?? performance.now();
    courses.set(name, (course = { at, due: at + periodOf(line), failures: 0, isAsking: false }));
  }
  return course;
}

/** Milliseconds between two times. */
function periodOf({ dataset: { refresh } }: HTMLElement): number {
  const seconds = Number(refresh ?? 0);
  return seconds > 0 ? seconds * SECOND : Number.POSITIVE_INFINITY;
}

const blockOf = (line: Element) => line.closest<HTMLElement>('[id^="block-"]');

/** It came: it is drawn, waits while the visitor is busy there, or, having failed, leaves what is there with its age. */
async function came(block: HTMLElement, fresh: Element): Promise<void> {
  const line = block.querySelector<HTMLElement>('[data-fresh]');
  const course = line ? courseOf(line) : undefined;
  const hasFailed = fresh.querySelector('.is-failed') !== null;
  if (line && course && hasFailed && !block.querySelector('.is-failed')) return failed(line, course);
  if (!isSame(block, fresh)) {
    if (isHeld(block)) {
      if (course) course.waiting = fresh;
      return;
    }
    await draw(block, fresh);
  }
  const { id } = block;
  const now = document.getElementById(id)?.querySelector<HTMLElement>('[data-fresh]');
  if (!now) return;
  const known = courseOf(now);
  Object.assign(known, { at: performance.now(), failures: 0, waiting: undefined });
  known.due = known.at + periodOf(now);
  show(now, known);
}

function failed(line: HTMLElement, course: Course): void {
  course.failures += 1;
  const wait = Math.min(periodOf(line) * 2 ** course.failures, MOST);
  course.due = performance.now() + wait;
  show(line, course);
}

const show = (line: HTMLElement, { at, failures }: Course) =>
  showAge(line, { at, isOld: failures > 0, again: () => void askBlock(line, false) });

/** Asks for one block. */
async function askBlock(line: HTMLElement, isByItself = true): Promise<void> {
  const block = blockOf(line);
  const course = courseOf(line);
  if (!block || course.isAsking) return;
  course.isAsking = true;
  try {
    const text = await ask(`/block/${encodeURIComponent(line.dataset.fresh ?? '')}`, isByItself);
    const fresh = text === undefined ? null : elementIn(text, `#${CSS.escape(block.id)}`);
    // It is no longer on the page of this visitor: the next page that is opened says so.
    if (fresh) await came(block, fresh);
    else course.due = Number.POSITIVE_INFINITY;
  } catch {
    failed(line, course);
  } finally {
    course.isAsking = false;
  }
}

/** Which blocks there are, and where. */
const shapeOf = (regions: Element) =>
  [...regions.querySelectorAll('.region, [id^="block-"]')].map(({ id, className }) => id || className).join(' ');

let isPageAsked = false;
let isAskedAgain = false;

/** Something was changed: all blocks are asked for with one page. */
export function askAll(): void {
  if (isStill) return;
  isAskedAgain = true;
  if (isPageAsked) return;
  isPageAsked = true;
  void askPage().finally(() => {
    isPageAsked = false;
  });
}

async function askPage(): Promise<void> {
  while (isAskedAgain) {
    isAskedAgain = false;
    const text = await ask('/home', true).catch(() => undefined);
    const fresh = text === undefined || text.includes('shadowrootmode') ? null : elementIn(text, '.regions');
    const regions = fresh ? wholeRegions(fresh) : null;
    if (!fresh || !regions) await Promise.all(lines().map((line) => askBlock(line)));
    else if (shapeOf(regions) === shapeOf(fresh)) await drawEach(regions, fresh);
    else if (isHeld(regions)) setTimeout(askAll, 5 * SECOND);
    else await draw(regions, fresh).catch(() => {});
    for (const line of lines()) show(line, courseOf(line));
  }
}

/** The regions of the page; one that came in parts becomes a whole one, unless somebody is in the middle of something. */
function wholeRegions(fresh: Element): Element | null {
  const parts = document.querySelector('.parts');
  if (!parts) return document.querySelector('.regions');
  if (isHeld(parts) || parts.contains(document.activeElement)) return null;
  const regions = document.adoptNode(fresh.cloneNode(true)) as Element;
  parts.replaceWith(regions);
  return regions;
}

async function drawEach(regions: Element, fresh: Element): Promise<void> {
  for (const block of regions.querySelectorAll<HTMLElement>('[id^="block-"]')) {
    const other = fresh.querySelector(`#${CSS.escape(block.id)}`);
    if (other) await came(block, other).catch(() => {});
  }
}

/** What is due is asked for, and what waited is drawn, while somebody looks. */
export function look(): void {
  if (document.hidden || isStill) return;
  for (const line of lines()) {
    const course = courseOf(line);
    const block = blockOf(line);
    if (course.waiting && block && !isHeld(block)) void came(block, course.waiting).catch(() => {});
    else if (course.due <= performance.now()) void askBlock(line);
  }
}

export function begin(): void {
  for (const line of lines()) show(line, courseOf(line));
  setInterval(look, SECOND);
  document.addEventListener('visibilitychange', look);
}
