import type { BlockKind } from '../block.ts';
import { readAttributes } from '../element.ts';
import { block } from '../elements/index.ts';
import { bindList, declaredSort } from '../list.ts';
import { NOTICE_COLUMNS } from '../notice.ts';

/** A text of the messages, or with `func` the rows of a list of announcements. */
export const notice: BlockKind = {
  name: 'notice',
  matches: ({ type }) => type === 'notice',
  bind(element, head, names) {
    const { kind = 'news', from, until, dismiss = true } = readAttributes(block, element);
    const bound = { notice: { kind, period: { from, until }, isDismissable: dismiss } };
    const provider = names.functions.get(head.func ?? '')?.provider;
    if (head.func === undefined) return bound;
    if (!provider) return {};
    const columns = provider.columns.filter(({ name }) => NOTICE_COLUMNS.some((known) => known === name));
    const sort = declaredSort(provider.columns);
    const choice = { provider, columns, buttons: [], sort, limit: head.rows };
    return { ...bound, list: bindList(choice, names) };
  },
};
