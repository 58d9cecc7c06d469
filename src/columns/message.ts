import { type ColumnKind, propMark } from '../column.ts';

/** A value that stands for a text: `waiting` in column `status` is the message `status_waiting`, else the value itself. */
export const message: ColumnKind = {
  name: 'message',
  types: ['msg'],
  align: 'start',
  found: 'coded',
  cell(context) {
    const { at, column, message } = context;
    const texts = new Map<string, string>();
    return {
      text(row) {
        const value = String(row[at] ?? '');
        let text = texts.get(value);
        if (text === undefined) {
          text = message(`${column.name}_${value}`) ?? value;
          if (texts.size < 1000) texts.set(value, text);
        }
        return text;
      },
      mark: propMark(context),
    };
  },
};
