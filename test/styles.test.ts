import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE } from '../src/content.ts';

const ASSETS = join(PACKAGE, 'templates/assets');
const sheets = readdirSync(ASSETS).filter((file) => file.endsWith('.css'));

/** What names a side of the screen, and so would stay on it where text runs from the right. */
const PHYSICAL: readonly RegExp[] = [
  /^(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float|clear)$/,
  /^(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right|top|bottom)$/,
  /^border-(?:left|right|top|bottom)(?:-|$)/,
  /^border-(?:top|bottom)-(?:left|right)-radius$/,
];
const SHORTHANDS = /^(?:margin|padding|inset|border-width|border-color|border-style|scroll-margin|scroll-padding)$/;

/** The values of a list, where what is in brackets is one. */
function valuesOf(text: string): string[] {
  let flat = text;
  while (/\(/.test(flat)) flat = flat.replace(/\([^()]*\)/g, (inner) => `<${inner.slice(1, -1).replaceAll(' ', '_')}>`);
  return flat.split(/\s+/);
}

function faultOf(property: string, value: string): boolean {
  if (PHYSICAL.some((pattern) => pattern.test(property))) return true;
  const values = valuesOf(value);
  if (SHORTHANDS.test(property)) return values.length === 4 && values[1] !== values[3];
  if (property === 'border-radius')
    return (
      values.length > 1 && (values.length < 3 || values[0] !== values[1] || values[2] !== (values[3] ?? values[1]))
    );
  if (property === 'box-shadow' || property === 'translate') return /^-?[1-9.]/.test(values[0] ?? '');
  if (property === 'rotate') return !/^(?:none|180deg|1turn|calc\(var\(--flow\).*)$/.test(value);
  if (property === 'scale') return !/^var\(--flow\) 1$/.test(value);
  return property === 'transform' || (property === 'text-align' && /left|right/.test(value));
}

/** Each declaration of a stylesheet that is bound to a side. */
function faultsOf(css: string): string[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...plain.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)]
    .filter(([, property = '', value = '']) => faultOf(property, value.trim()))
    .map(({ 0: text, index }) => `${plain.slice(0, index).split('\n').length}: ${text}`);
}

describe('a stylesheet', () => {
  test.each(sheets)('%s names no side of the screen, so that it serves both directions', (sheet) => {
    expect(faultsOf(readFileSync(join(ASSETS, sheet), 'utf8'))).toEqual([]);
  });

  test.each([
    'margin-left: 1px',
    'left: 0',
    'padding: 0 1px 0 2px',
    'text-align: right',
    'border-right-color: red',
    'inset: 0 auto auto 0',
    'rotate: 90deg',
    'box-shadow: 1px 1px red',
    'width: 1rem',
    'border-radius: 0 1px 1px 0',
    'translate: 2px 0',
    'margin: calc(1px + (2px)) 0 0 1px',
  ])('would be caught with %s', (declaration) => {
    expect(faultsOf(`a { color: red; ${declaration}; }`)).toHaveLength(1);
  });

  test.each([
    'margin: 0 1px 2px',
    'padding: 0 1px 0 1px',
    'margin-inline-start: 1px',
    'border-radius: 0 0 1px 1px',
    'box-shadow: 0 1px red',
    'translate: 0 -50%',
    'text-align: end',
    'line-height: 2',
  ])('may say %s', (declaration) => {
    expect(faultsOf(`a { ${declaration}; }`)).toEqual([]);
  });
});
