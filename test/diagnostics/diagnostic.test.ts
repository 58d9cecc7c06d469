import { expect, test } from 'vitest';
import { type Diagnostic, sortDiagnostics } from '../../src/diagnostics/diagnostic.ts';

const diagnostic = (path: string, start: number, code: string, message = 'Wrong'): Diagnostic => ({
  code,
  severity: 'error',
  message,
  source: { path, text: 'some text' },
  range: { start, end: start + 1 },
});

test('diagnostics are sorted by path, place and code, whatever order they are found in', () => {
  const list = [
    diagnostic('b.xml', 0, 'missing-x'),
    diagnostic('a.xml', 5, 'unknown-x'),
    diagnostic('a.xml', 5, 'missing-x'),
    diagnostic('a.xml', 1, 'unknown-x'),
  ];
  const sorted = sortDiagnostics(list).map(({ source, range, code }) => `${source.path} ${range.start} ${code}`);
  expect(sorted).toEqual(['a.xml 1 unknown-x', 'a.xml 5 missing-x', 'a.xml 5 unknown-x', 'b.xml 0 missing-x']);
});

test('of several that say the same about the same place one is kept', () => {
  const list = [diagnostic('a.xml', 1, 'x'), diagnostic('a.xml', 1, 'x', 'Other'), diagnostic('a.xml', 1, 'x')];
  expect(sortDiagnostics(list).map(({ message }) => message)).toEqual(['Other', 'Wrong']);
});

test('the list that is sorted stays as it was', () => {
  const list = [diagnostic('b.xml', 0, 'x'), diagnostic('a.xml', 0, 'x')];
  sortDiagnostics(list);
  expect(list.map(({ source }) => source.path)).toEqual(['b.xml', 'a.xml']);
});
