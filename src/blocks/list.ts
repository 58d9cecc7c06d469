import { bindConcerns, concernFields } from '../attention.ts';
import type { BlockKind } from '../block.ts';
import { readButton, readColumn } from '../definition.ts';
import { bindList, declaredSort } from '../list.ts';
import type { Button, Column, Provider } from '../provider.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';

/** Rows of the list that `func` names; its columns and buttons are named, and take what they do not say from the list. */
export const list: BlockKind = {
  name: 'list',
  matches: ({ type }) => type === 'list',
  bind(element, head, names) {
    const provider = names.functions.get(head.func ?? '')?.provider;
    if (!provider) return {};
    const columns = elementsOf(element, 'col').map((col) => chosenColumn(col, provider));
    const sort = declaredSort(columns);
    const bound = bindList(
      {
        provider,
        columns: columns.length > 0 ? columns : provider.columns,
        buttons: elementsOf(element, 'toolbtn').flatMap((button) => chosenButton(button, provider) ?? []),
        sort: sort.length > 0 ? sort : declaredSort(provider.columns),
        limit: sort.length > 0 ? head.rows : undefined,
        fields: concernFields(head.attention),
      },
      names,
    );
    return { list: bound, concerns: bindConcerns(head.attention, bound.index) };
  },
};

/** Every attribute the block gives wins over the list's own. */
function chosenColumn(element: XmlElement, provider: Provider): Column {
  const own = readColumn(element);
  const known = provider.columns.find((column) => column.name === own.name);
  if (!known) return own;
  const says = (name: string) => attributeOf(element, name) !== undefined;
  return {
    ...known,
    type: says('type') ? own.type : known.type,
    sorted: own.sorted,
    currency: own.currency ?? known.currency,
    align: own.align ?? known.align,
    used: own.used ?? known.used,
    limit: own.limit ?? known.limit,
    view: own.view ?? known.view,
    width: own.width ?? known.width,
    wrap: own.wrap ?? known.wrap,
    total: says('total') ? own.total : known.total,
    isLink: own.isLink ?? known.isLink,
    hidden: says('hidden') ? own.hidden : known.hidden,
    level: (level) => known.level(level) && own.level(level),
    props: own.props.length > 0 ? own.props : known.props,
  };
}

function chosenButton(element: XmlElement, provider: Provider): Button | undefined {
  const own = readButton(element);
  const known = provider.buttons.find((button) => button.name === own.name);
  if (!known) return undefined;
  const says = (name: string) => attributeOf(element, name) !== undefined;
  return {
    ...known,
    type: own.type ?? known.type,
    icon: own.icon ?? known.icon,
    isDefault: says('default') ? own.isDefault : known.isDefault,
    level: (level) => known.level(level) && own.level(level),
    conditions: [...known.conditions, ...own.conditions],
  };
}
