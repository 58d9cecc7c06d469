/** A home page with three lists that come when a test says so, and one that is there at once. */
import { type ColumnDefinition, defineProvider, type Value } from '../../src/provider.ts';
import type { PanelOptions } from './panel.ts';

export const LATE = ['orders', 'letters', 'wallets'] as const;
export type LateList = (typeof LATE)[number];

/** What is asked of a list, from a page that is being made. */
interface Question {
  answer(rows: readonly LateRow[]): void;
  fail(error: Error): void;
  readonly stop: AbortSignal | undefined;
}

type LateRow = Readonly<Record<string, Value>>;

export interface LatePanel {
  readonly options: PanelOptions;
  /** Answers the oldest question to a list that was not answered: with a number of rows, with rows, or with an error. */
  come(list: LateList, what?: number | LateRow[] | Error): Promise<void>;
  /** Answers every question to a list at once from now on, or, without rows, none. */
  always(what: number | undefined): void;
  /** The signal of the newest question to a list. */
  stopOf(list: LateList): AbortSignal | undefined;
}

const COLUMNS: Readonly<Record<LateList, readonly ColumnDefinition[]>> = {
  orders: [
    { name: 'package', sortable: true },
    { name: 'name' },
    { name: 'period' },
    { name: 'cost' },
    { name: 'status' },
    { name: 'expires' },
  ],
  letters: [{ name: 'subject' }, { name: 'status' }, { name: 'updated' }],
  wallets: [{ name: 'name' }, { name: 'balance' }],
};
const LAYOUT = `<doc>
  <block name="taskbar" position="top" type="toolbar"><toolbtn name="order" list="service" img="mb-order"/></block>
  <block name="orders" position="top" type="list" func="orders" rows="8" timeout="20000"/>
  <block name="letters" position="left" type="list" func="letters" rows="5" timeout="20000" attention="status=waiting"/>
  <block name="tickets" position="left" type="list" func="ticket" rows="3"><toolbtn name="edit" default="yes"/><col name="subject" sorted="yes"/></block>
  <block name="wallets" position="right" type="list" func="wallets" rows="2" timeout="20000"/>
  <block name="accounts" position="right" type="list" func="account"><toolbtn name="pay" default="yes"/><col name="name" sorted="yes"/></block>
</doc>`;
const title = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const TEXTS = ['en', 'ru']
  .map((language) => {
    const groups = LATE.map(
      (name) =>
        `<messages name="${name}"><msg name="title">${title(name)}</msg>${COLUMNS[name]
          .map((column) => `<msg name="${column.name}">${title(column.name)}</msg>`)
          .join('')}</messages>`,
    );
    return `<lang name="${language}">${groups.join('')}</lang>`;
  })
  .join('');

/** One row of a list, as a provider gives it. */
export function rowOf(list: LateList, id: number): LateRow {
  const cells = COLUMNS[list].map(({ name }) => [name, `${name} ${id}`]);
  return { id, customer_id: 1, ...Object.fromEntries(cells) };
}

const rowsOf = (list: LateList, count: number) => Array.from({ length: count }, (_, index) => rowOf(list, index + 1));

export function latePanel(): LatePanel {
  let always: number | undefined;
  const questions = new Map<LateList, Question[]>(LATE.map((name) => [name, []]));
  const stops = new Map<LateList, AbortSignal | undefined>();
  const providers = LATE.map((name) =>
    defineProvider({
      name,
      level: 'registered',
      key: 'id',
      columns: COLUMNS[name],
      sample: [rowOf(name, 1)],
      rows: (_scope, { signal }) =>
        new Promise<readonly LateRow[]>((answer, fail) => {
          stops.set(name, signal);
          if (always !== undefined) return answer(rowsOf(name, always));
          questions.get(name)?.push({ answer, fail, stop: signal });
          signal?.addEventListener('abort', () => fail(new Error('stopped')));
        }),
    }),
  );
  const next = (name: LateList) => {
    const open = questions.get(name) ?? [];
    while (open[0]?.stop?.aborted) open.shift();
    return open;
  };
  return {
    options: {
      additions: { providers },
      files: { 'layouts/billmgr_dashboard_5.xml': LAYOUT, 'data/late.xml': `<mgrdata>${TEXTS}</mgrdata>` },
    },
    async come(name, what = 2) {
      while (next(name).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const question = next(name).shift();
      if (what instanceof Error) question?.fail(what);
      else question?.answer(typeof what === 'number' ? rowsOf(name, what) : what);
    },
    always(what) {
      always = what;
    },
    stopOf: (name) => stops.get(name),
  };
}
