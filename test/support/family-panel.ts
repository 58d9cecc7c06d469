/** A panel of the family, written from the format's description: `func=…&out=json`, sessions, paging, sorting, `su`. */
import type { AskedOf, TestPeer } from './peer.ts';
import { startPeer } from './peer.ts';

export interface FamilyPanel extends TestPeer {
  /** Ends every session, as an hour without a request does. */
  endSessions(): void;
  signIns: number;
}

type Cells = Readonly<Record<string, string>>;

export const PANEL_USER = 'lintel:pass:word';

/** Machines of each customer, by login. */
export const MACHINES: Readonly<Record<string, readonly Cells[]>> = {
  alice: [
    { id: '11', name: 'web1.alice.example', state: 'run', cost: '12.50', currency: 'EUR', till: '2026-04-01' },
    { id: '12', name: 'db1.alice.example', state: 'stop', cost: '30.00', currency: 'EUR', till: '2026-03-20' },
    { id: '13', name: '<b>mail</b>.alice.example', state: 'run', cost: '7.05', currency: 'EUR', till: '2026-05-09' },
  ],
  bob: [{ id: '21', name: 'shop.bob.example', state: 'run', cost: '99.90', currency: 'EUR', till: '2026-06-01' }],
};

export async function startFamilyPanel(machines = MACHINES): Promise<FamilyPanel> {
  const sessions = new Set<string>();
  let count = 0;
  const refusal = (type: string, text: string) => ({ doc: { error: { $type: type, msg: { $: text } } } });
  const list = ({ params }: AskedOf) => {
    if (params.get('func') !== 'vds') return refusal('missed', `There is no function ${params.get('func')}`);
    const su = params.get('su');
    const all = su === null ? Object.values(machines).flat() : machines[su];
    if (!all) return refusal('access', `User ${su} does not exist; password pass:word`);
    const by = params.get('p_sort') ?? 'id';
    const way = params.get('p_order') === 'desc' ? -1 : 1;
    const sorted = all.toSorted((a, b) => way * (String(a[by]) < String(b[by]) ? -1 : 1));
    const size = Number(params.get('p_cnt'));
    const first = (Number(params.get('p_num')) - 1) * size;
    const elem = sorted
      .slice(first, first + size)
      .map((cells) =>
        Object.fromEntries(
          Object.entries(cells).map(([name, text]) => [
            name,
            { $: text, ...(name === 'cost' && { $orig: `${text}0` }) },
          ]),
        ),
      );
    const rows = elem.length === 0 ? {} : { elem: elem.length === 1 ? elem[0] : elem };
    return { doc: { $lang: params.get('lang'), $func: 'vds', ...rows, p_elems: { $: String(all.length) } } };
  };
  const peer = await startPeer((asked) => {
    const { params } = asked;
    if (params.get('out') !== 'json') return refusal('value', 'out');
    if (params.get('func') === 'auth') {
      if (`${params.get('username')}:${params.get('password')}` !== PANEL_USER)
        return refusal('auth', `Wrong password ${params.get('password')}`);
      panel.signIns += 1;
      const id = `session-${++count}`;
      sessions.add(id);
      return { doc: { auth: { $id: id, $: id } } };
    }
    const isKnown = params.get('authinfo') === PANEL_USER || sessions.has(params.get('auth') ?? '');
    return isKnown ? list(asked) : refusal('auth', 'The session has ended');
  });
  const panel: FamilyPanel = Object.assign(peer, { signIns: 0, endSessions: () => sessions.clear() });
  return panel;
}
