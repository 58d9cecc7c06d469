import { type ColumnKind, isOn, propMark, propTitle } from '../column.ts';
import type { Prop, Row } from '../provider.ts';

/** Icons only: one for each `prop` whose flag is on. The text names the flags, for those who see no icons. */
export const flag: ColumnKind = {
  name: 'flag',
  types: ['prop'],
  align: 'center',
  cell(context) {
    const { at, column, index, message } = context;
    const flags = column.props.map((prop) => {
      const field = index(prop.name);
      const isSet = (row: Row) => (field >= 0 ? isOn(row[field]) : row[at] === prop.name);
      return { isSet, on: titleOf(prop, 'on'), off: prop.off === undefined ? '' : titleOf(prop, 'off') };
    });
    function titleOf(prop: Prop, state: 'on' | 'off') {
      return propTitle(column, prop, state, message);
    }
    return {
      text: (row) =>
        flags
          .map(({ isSet, on, off }) => (isSet(row) ? on : off))
          .filter(Boolean)
          .join(', '),
      mark: propMark(context),
    };
  },
};
