import type { BlockKind } from '../block.ts';
import { bindList, declaredSort } from '../list.ts';

/** What is owed, or else is wrong, as the rows of the list that `func` names; nothing at all when there are none. */
export const state: BlockKind = {
  name: 'state',
  matches: ({ type }) => type === 'state',
  bind(_element, head, names) {
    const provider = names.functions.get(head.func ?? '')?.provider;
    if (!provider) return {};
    const { columns, buttons } = provider;
    const limit = head.rows ?? ROWS;
    return { list: bindList({ provider, columns, buttons, sort: declaredSort(columns), limit }, names) };
  },
};

/** One thing at a time: the worst. */
const ROWS = 1;
