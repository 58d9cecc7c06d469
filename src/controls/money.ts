import { type ControlKind, typed } from '../control.ts';
import { digitsOf } from '../formats.ts';

/** An amount, typed in whole units with a point or a comma, as integer minor units of its currency. */
export const money: ControlKind = {
  name: 'money',
  matches: ({ element, type }) => element === 'input' && type === 'money',
  input: {
    read(texts, _control, currency) {
      const text = typed(texts);
      return text === undefined ? undefined : (minorUnits(text, digitsOf(currency)) ?? text);
    },
    schema: ({ min = -1e12, max = 1e12 }) => ({ type: 'integer', minimum: min, maximum: max }),
  },
  write: (value, _control, currency) =>
    typeof value === 'number' ? wholeUnits(value, digitsOf(currency)) : String(value),
};

/** Never through a float: `12,5` with two digits is 1250. Spaces may divide thousands; anything unclear is not read. */
function minorUnits(text: string, digits: number): number | undefined {
  const [, sign = '', whole = '', rest = ''] = /^([+-]?)(\d{1,12})(?:[.,](\d+))?$/.exec(text.replace(/\s/g, '')) ?? [];
  if (whole === '' || rest.length > digits) return undefined;
  const minor = Number(whole + rest.padEnd(digits, '0'));
  return sign === '-' && minor !== 0 ? -minor : minor;
}

function wholeUnits(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(-digits)}`;
}
