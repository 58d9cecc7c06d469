import { type ColumnKind, propMark, propTest, propTitle } from '../column.ts';
import type { Prop } from '../provider.ts';

/** Icons only: one for each `prop` whose flag is on. The text names the flags, for those who see no icons. */
export const flag: ColumnKind = {
  name: 'flag',
  types: ['prop'],
  align: 'center',
  cell(context) {
    const { at, column, index, message } = context;
    const flags = column.props.map((prop) => {
      return {
        isSet: propTest(prop, index, at),
        on: titleOf(prop, 'on'),
        off: prop.off === undefined ? '' : titleOf(prop, 'off'),
      };
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
