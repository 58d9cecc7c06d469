/** What the rows of a list can be filtered by, and what a state of its page asks of them. */
import { finder } from '../find.ts';
import type { ListNames } from '../list.ts';
import type { Column, Filter, Sought } from '../provider.ts';
import { canBeAsked, isFiltered, type ListState, type Visible } from './list-page.ts';

/** The texts of a list in one language, and the keys of all of them. */
export interface ListTexts {
  readonly keys: readonly string[];
  text(key: string): string | undefined;
}

type KindOf = ListNames['kindOf'];

/** A list as a level may see it; `keys` are those of its texts. */
export function visibleList(
  list: { readonly name: string; readonly columns: readonly Column[]; readonly rows: number },
  keys: readonly string[],
  kindOf: KindOf,
): Visible {
  const shown = list.columns.filter(({ hidden }) => !hidden);
  const states = shown
    .filter((column) => kindOf(column).found === 'coded' && column.props.length > 0 && canBeAsked(column.name))
    .map((column) => [column.name, statesOf(column, list.columns, keys)] as const);
  return {
    ...list,
    states: new Map(states.filter(([, values]) => values.length > 1)),
    canFind: shown.some((column) => kindOf(column).found !== undefined),
  };
}

/** The values of a column that have a text: those with an icon first, in their order. */
function statesOf(column: Column, columns: readonly Column[], keys: readonly string[]): readonly string[] {
  const values = valuesOf(column, columns, keys);
  const first = column.props.map(({ name, value = name }) => value).filter((name) => values.includes(name));
  return [...new Set([...first, ...values])];
}

/** The values that have a text `<column>_<value>`. */
function valuesOf({ name }: Column, columns: readonly Column[], keys: readonly string[]): readonly string[] {
  const others = columns.map((column) => column.name).filter((other) => other.startsWith(`${name}_`));
  return keys
    .filter((key) => key.startsWith(`${name}_`))
    .filter((key) => !others.some((other) => key === other || key.startsWith(`${other}_`)))
    .map((key) => key.slice(name.length + 1));
}

/** The filter that a state needs; undefined when it wants all rows. */
export function filterOf(state: ListState, { columns }: Visible, kindOf: KindOf): Filter | undefined {
  if (!isFiltered(state)) return undefined;
  const found = (how: 'text' | 'coded') =>
    state.find === ''
      ? []
      : columns.filter((column) => !column.hidden && kindOf(column).found === how).map(({ name }) => name);
  return { texts: found('text'), coded: found('coded'), states: Object.keys(state.states) };
}

/** What the columns of that filter must hold. */
export function soughtOf(filter: Filter, state: ListState, list: Visible, { keys, text }: ListTexts): Sought {
  const contains = finder(state.find);
  const coded = list.columns
    .filter(({ name }) => filter.coded.includes(name))
    .map((column) => [
      column.name,
      valuesOf(column, list.columns, keys).filter((value) => contains(text(`${column.name}_${value}`) ?? value)),
    ]);
  return { find: state.find, coded: Object.fromEntries(coded), states: state.states };
}
