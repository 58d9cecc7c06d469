import { defineProvider } from '../provider.ts';

interface SessionRow extends Record<string, string | number | null> {
  id: string;
  customer_id: number | null;
  seen: string;
  created: string;
  address: string;
  agent: string;
  current: 'on' | 'off';
}

/** Where the visitor is signed in. The id is only the beginning of the stored hash, as `Scope` has it. */
export const session = defineProvider<SessionRow>({
  name: 'session',
  level: 'registered',
  key: 'id',
  keyname: 'address',
  // Each of the visitor's browsers sees itself marked.
  cache: 0,
  columns: [
    { name: 'seen', type: 'date', sortable: true, sorted: 'desc' },
    { name: 'created', type: 'date', sortable: true },
    { name: 'address', sortable: true },
    { name: 'agent', sortable: true },
    { name: 'current', type: 'prop', props: [{ name: 'current', on: 'p-on' }] },
  ],
  buttons: [
    { name: 'close', type: 'edit', func: 'session.close', icon: 'sign-out' },
    { name: 'close_all', type: 'group', func: 'session.close', icon: 'sign-out' },
  ],
  sample: [
    {
      id: '1f0c2b7a91d3',
      customer_id: 1,
      seen: '2026-03-14T09:26:53Z',
      created: '2026-03-13T18:02:11Z',
      address: '192.0.2.7',
      agent: 'Firefox, Linux',
      current: 'on',
    },
  ],
  async rows(scope, { read }) {
    const rows = (await read(`
      select substr(session.id, 1, 12) as id, "user".customer_id, session.seen, session.created, session.address, session.agent
      from session join "user" on "user".id = session.user_id
      where session.user_id = :user and session.expires > :now
    `)) as readonly Omit<SessionRow, 'current'>[];
    return rows.map((row) => {
      const current = row.id === scope.session ? 'on' : 'off';
      return { ...row, agent: browserOf(String(row.agent)), current } as SessionRow;
    });
  },
});

/** In the order in which to look: each of these says that it is some of those after it, too. */
const BROWSERS = {
  Edg: 'Edge',
  OPR: 'Opera',
  YaBrowser: 'Yandex',
  Firefox: 'Firefox',
  FxiOS: 'Firefox',
  Chrome: 'Chrome',
  CriOS: 'Chrome',
  Safari: 'Safari',
};
const SYSTEMS = {
  'iPhone|iPad': 'iOS',
  Android: 'Android',
  CrOS: 'ChromeOS',
  Windows: 'Windows',
  'Mac OS X': 'macOS',
  Linux: 'Linux',
};

/** `Firefox, Linux`; the beginning of what a program says that is no known browser. */
export function browserOf(agent: string): string {
  const find = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).find(([word]) => new RegExp(`\\b(${word})`).test(agent))?.[1];
  return [find(BROWSERS), find(SYSTEMS)].filter(Boolean).join(', ') || agent.slice(0, 40);
}
