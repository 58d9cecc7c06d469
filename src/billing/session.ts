import { defineProvider } from '../provider.ts';

interface SessionRow extends Record<string, string | number | null> {
  id: string;
  customer_id: number | null;
  seen: string;
  created: string;
  address: string;
  agent: string;
}

/** Where the visitor is signed in. The id is only the beginning of the stored hash: enough to tell rows apart, of no use to anybody. */
export const session = defineProvider<SessionRow>({
  name: 'session',
  level: 'registered',
  key: 'id',
  keyname: 'address',
  columns: [
    { name: 'seen', type: 'date', sortable: true, sorted: 'desc' },
    { name: 'created', type: 'date', sortable: true },
    { name: 'address', sortable: true },
    { name: 'agent', sortable: true },
  ],
  sample: [
    {
      id: '1f0c2b7a91d3',
      customer_id: 1,
      seen: '2026-03-14T09:26:53Z',
      created: '2026-03-13T18:02:11Z',
      address: '192.0.2.7',
      agent: 'Firefox on Linux',
    },
  ],
  rows: (_scope, { read }) =>
    read(`
      select substr(session.id, 1, 12) as id, "user".customer_id, session.seen, session.created, session.address, session.agent
      from session join "user" on "user".id = session.user_id
      where session.user_id = :user and session.expires > :now
    `) as Promise<SessionRow[]>,
});
