/** What notice blocks show to whom: texts and rows that are current, for the level, and not put away. */
import { hash } from 'node:crypto';
import type { BoundBlock } from './block.ts';
import type { Database } from './database.ts';
import { type Formats, formatsOf, timeOf } from './formats.ts';
import type { Shelf } from './keep.ts';
import { readLevel } from './level.ts';
import { fill } from './messages.ts';
import { isCurrent, NOTICE_KINDS, type NoticeKind, noticeRow, partOf, sameUntil } from './notice.ts';
import type { Pages } from './pages.ts';
import { NOTHING, type Outcome, type Ready } from './pipeline/load.ts';
import type { Row, Scope } from './provider.ts';
import { createDismissals } from './store/index.ts';

export interface Notices {
  /**
   * Puts what notice blocks show in place of the rows of their lists, and gives the time until which that holds. The shelf
   * keeps what the visitor has put away.
   */
  show(blocks: readonly BoundBlock[], outcomes: Map<string, Outcome>, asking: Asking): Promise<number>;
  /** Puts a notice away that a block shows; one that has changed meanwhile, or is gone, stays as it is. */
  dismiss(scope: Scope, shown: Outcome | undefined, notice: Seen): Promise<void>;
}

interface Asking {
  readonly scope: Scope;
  readonly shelf: Shelf;
}

/** A notice as the visitor saw it. */
export interface Seen {
  readonly notice: string;
  readonly version: string;
}

/** A notice that may be shown; its text is still Markdown. */
interface Current extends Seen {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly text: string;
  readonly time: string;
  readonly isDismissable: boolean;
}

type NoticeBlock = BoundBlock & { readonly notice: NonNullable<BoundBlock['notice']> };

export const hasNotices = (block: BoundBlock): block is NoticeBlock => block.notice !== undefined;

/** Milliseconds for which it is kept what somebody has put away: in this process, each change is seen at once. */
const KEPT = 5000;

export function createNotices(database: Database, pages: () => Pages): Notices {
  /** One question for all blocks of a page, which ask with the same object. */
  const asked = new WeakMap<Asking, Promise<ReadonlyMap<string, string>>>();
  const dismissals = createDismissals(database);
  const current = createCurrent(pages);

  const putAway = async ({ scope, shelf }: Asking): Promise<ReadonlyMap<string, string>> => {
    const now = scope.now.getTime();
    const key = `dismissals ${scope.user}`;
    const kept = shelf.get<ReadonlyMap<string, string>>(key, now);
    if (kept) return kept;
    const found = await dismissals.of(scope.user);
    shelf.put(key, found, now + KEPT, now);
    return found;
  };

  return {
    async show(blocks, outcomes, asking) {
      const found = blocks.filter(hasNotices).map((block) => {
        const { name } = block;
        const { notices, until } = current(block, outcomes.get(name), asking.scope);
        if (notices.length === 0 && outcomes.get(name)?.state !== 'failed') outcomes.set(name, NOTHING);
        return { name, notices, until };
      });
      const until = Math.min(...found.map((one) => one.until));
      const any = found.filter(({ notices }) => notices.length > 0);
      if (any.length === 0) return until;
      let away = asked.get(asking);
      if (!away) asked.set(asking, (away = putAway(asking)));
      const known = await away;
      for (const { name, notices } of any) {
        const left = notices.filter((one) => !one.isDismissable || known.get(one.notice) !== one.version);
        outcomes.set(name, left.length === 0 ? NOTHING : await drawn(left));
      }
      return until;
    },
    async dismiss(scope, shown, { notice, version }) {
      const rows = shown?.state === 'ready' ? shown.rows : [];
      const row = rows.find((one) => partOf(one, 'notice') === notice && partOf(one, 'version') === version);
      if (row && partOf(row, 'dismiss') !== '') await dismissals.put(scope.user, { notice, version }, scope.now);
    },
  };
}

/** The module is loaded with the first text that somebody is shown. */
async function drawn(notices: readonly Current[]): Promise<Ready> {
  const { renderMarkdown } = await import('./pipeline/markdown.ts');
  const rows = notices.map(({ isDismissable, text, ...notice }) =>
    noticeRow({ ...notice, text: text === '' ? '' : renderMarkdown(text), dismiss: isDismissable ? 'yes' : '' }),
  );
  return { state: 'ready', rows, total: rows.length };
}

const NONE: Found = { notices: [], until: Number.POSITIVE_INFINITY };

type FindCurrent = (block: NoticeBlock, outcome: Outcome | undefined, scope: Scope) => Found;

interface Found {
  readonly notices: readonly Current[];
  readonly until: number;
}

function createCurrent(pages: () => Pages): FindCurrent {
  const versions = new WeakMap<NoticeBlock, string>();

  const ofText: FindCurrent = (block, _outcome, scope) => {
    const { name, title, notice } = block;
    const { kind, period, isDismissable } = notice;
    const formats = formatsOf(scope.language, scope.zone);
    const until = sameUntil(period, scope.now);
    if (!isCurrent(period, formats, scope.now)) return { notices: [], until };
    const { messages } = pages().revision.content;
    const say = (language: string, key: string) => messages.text(language, 'dashboard', key) ?? '';
    let version = versions.get(block);
    if (version === undefined) {
      const texts = messages.languages.flatMap((code) => [name, `${name}_text`].map((key) => say(code, key)));
      versions.set(block, (version = digest([kind, title, period.from, period.until, ...texts])));
    }
    const filled = (text: string) => fill(text, scope.language, datesIn({ ...period }, formats));
    const own = title ?? filled(say(scope.language, name));
    const text = filled(say(scope.language, `${name}_text`));
    const said = { notice: name, version, kind, title: own, text, time: '', isDismissable };
    return { notices: own + text === '' ? [] : [said], until };
  };

  const ofRows: FindCurrent = ({ list, notice }, outcome, scope) => {
    if (!list || outcome?.state !== 'ready' || outcome.rows.length === 0) return NONE;
    const formats = formatsOf(scope.language, scope.zone);
    const cell = (row: Row, column: string) => String(row[list.index(column)] ?? '');
    let until = Number.POSITIVE_INFINITY;
    const notices = outcome.rows.flatMap((row): Current[] => {
      const [from = '', over = '', starts = '', ends = ''] = ['from', 'until', 'starts', 'ends'].map((name) =>
        cell(row, name),
      );
      const isFor = readLevel(cell(row, 'level') || undefined)?.(scope.level) === true;
      if (!isFor) return [];
      until = Math.min(until, sameUntil({ from, until: over }, scope.now));
      if (!isCurrent({ from, until: over }, formats, scope.now)) return [];
      const kind = NOTICE_KINDS.find((known) => known === cell(row, 'kind')) ?? notice.kind;
      const [title = '', text = ''] = ['title', 'text'].map((name) =>
        fill(cell(row, name), scope.language, datesIn({ from, until: over, starts, ends }, formats)),
      );
      const version = cell(row, 'version') || digest([kind, from, over, starts, ends, title, text]);
      const isDismissable = notice.isDismissable && !/^(off|no|0|false)$/.test(cell(row, 'dismiss'));
      const time = timeText(starts, ends, { formats, pages: pages() });
      return [{ notice: `${list.func}/${row[list.at.key]}`, version, kind, title, text, time, isDismissable }];
    });
    return { notices, until };
  };
  return (block, ...rest) => (block.list ? ofRows : ofText)(block, ...rest);
}

function digest(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 16);
}

/** What a text may name: `__from__`, `__until__`, and of a row `__starts__`, `__ends__`. */
function datesIn(dates: Readonly<Record<string, string | undefined>>, formats: Formats): Record<string, string> {
  const known = Object.entries(dates).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(known.map(([name, date]) => [name, formats.date(date)]));
}

/** When what a notice is about takes place, in the visitor's zone: `Mar 15, 2026, 10:00 - 11:30 PM`. */
function timeText(starts: string, ends: string, { formats, pages }: { formats: Formats; pages: Pages }): string {
  const { language, zone, date } = formats;
  if (starts === '' && ends === '') return '';
  if (ends === '') return pages.text(language, 'notice_starts', { starts: date(starts) });
  if (starts === '') return pages.text(language, 'notice_ends', { ends: date(ends) });
  const [from, until] = [timeOf(starts), timeOf(ends)];
  if (!(from <= until)) return `${date(starts)} – ${date(ends)}`;
  const isDate = starts.length === 10 && ends.length === 10;
  const style = isDate ? { timeZone: 'UTC' } : ({ timeStyle: 'short', timeZone: zone } as const);
  const range = new Intl.DateTimeFormat(language, { dateStyle: 'medium', ...style }).formatRange(from, until);
  return range.replace(/[\u2000-\u200a\u202f]/g, ' ');
}
