import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { json, line, pretty } from '../../src/diagnostics/reporters/index.ts';

const layout = {
  path: 'layouts/billmgr_dashboard_5.xml',
  text: `<doc>
  <block name="accounts" position="left" type="list" func="account">
    <col name="balance"/>
    <col name="currency"/>

  </block>
  <block name="tickets" position="left" type="list" func="tickt" rows="5">
    <col name="subject"/>
  </block>
</doc>
`,
};
const overlay = { path: 'layouts/billmgr_mod_news.xml', text: '<mgrdata>\r\n\t<block name="tickets"/>\r\n</mgrdata>' };

function rangeOf(text: string, marked: string) {
  const start = text.indexOf(marked);
  return { start, end: start + marked.length };
}

function found(source: typeof layout, marked: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: 'unknown-function',
    severity: 'error',
    message: `No function is named "${marked}"`,
    source,
    range: rangeOf(source.text, marked),
    ...more,
  };
}

const unknown = found(layout, 'tickt', { hint: 'Did you mean "ticket"? Known: account, payment, service, ticket.' });
const duplicate = found(overlay, 'tickets', {
  code: 'duplicate-name',
  severity: 'warning',
  message: 'Block "tickets" is there already',
  related: [{ message: 'it stands here first', source: layout, range: rangeOf(layout.text, 'tickets') }],
});
const note = found(layout, 'rows', {
  code: 'unused-rows',
  severity: 'info',
  message: 'Attribute "rows" has no effect',
});
const plain = { colour: false, files: 3 };

describe('the pretty report', () => {
  test('shows a finding with its lines and hint, and the sum', () => {
    expect(pretty([unknown], plain)).toBe(`\
layouts/billmgr_dashboard_5.xml:7:59: error: No function is named "tickt" [unknown-function]
   6 |   </block>
 > 7 |   <block name="tickets" position="left" type="list" func="tickt" rows="5">
     |                                                           ^^^^^
   8 |     <col name="subject"/>
   hint: Did you mean "ticket"? Known: account, payment, service, ticket.
1 problem in 1 file.
`);
  });

  test('names related places, and counts the files that have findings', () => {
    expect(pretty([unknown, duplicate], plain).split('\n').slice(6)).toEqual([
      'layouts/billmgr_mod_news.xml:2:15: warning: Block "tickets" is there already [duplicate-name]',
      '   1 | <mgrdata>',
      ' > 2 |     <block name="tickets"/>',
      '     |                  ^^^^^^^',
      '   3 | </mgrdata>',
      '   see layouts/billmgr_dashboard_5.xml:7:16: it stands here first',
      '2 problems in 2 files.',
      '',
    ]);
  });

  test.each([
    ['nothing', [], 3, 'No problems in 3 files.'],
    ['nothing in one file', [], 1, 'No problems in 1 file.'],
    ['two problems in a file', [unknown, unknown], 1, '2 problems in 1 file.'],
    ['a problem and a note', [unknown, note], 1, '1 problem, 1 note in 1 file.'],
    ['only notes', [note, note], 2, 'No problems, 2 notes in 1 file.'],
  ])('sums up %s', (_title, diagnostics, files, sum) => {
    expect(pretty(diagnostics, { colour: false, files }).split('\n').at(-2)).toBe(sum);
  });

  test('is coloured only when asked, and says the same', () => {
    const coloured = pretty([unknown, duplicate, note], { colour: true, files: 1 });
    expect(coloured).toContain('\u001b[31m^^^^^\u001b[39m');
    const asPlain = pretty([unknown, duplicate, note], { colour: false, files: 1 });
    expect(stripVTControlCharacters(coloured)).toBe(asPlain);
  });

  test('shows a finding in an empty file without lines', () => {
    const empty = found({ path: 'a.xml', text: '' }, '', { message: 'The file is empty', code: 'invalid-syntax' });
    expect(pretty([empty], plain)).toBe('a.xml:1:1: error: The file is empty [invalid-syntax]\n1 problem in 1 file.\n');
  });
});

describe('the line report', () => {
  test('has one line for each finding, whatever the author wrote', () => {
    const broken = { ...unknown, message: 'No function is named "a\nb\u001b[2J"' };
    expect(line([broken, duplicate], { colour: true, files: 1 })).toBe(
      'layouts/billmgr_dashboard_5.xml:7:59: error: No function is named "a␊b␛[2J" [unknown-function]\n' +
        'layouts/billmgr_mod_news.xml:2:15: warning: Block "tickets" is there already [duplicate-name]\n',
    );
  });

  test('is empty when there is nothing to say', () => {
    expect(line([], plain)).toBe('');
  });
});

describe('the JSON report', () => {
  test('gives places 1-based with an exclusive end, and null for no hint', () => {
    expect(JSON.parse(json([unknown, duplicate], plain))).toEqual([
      {
        code: 'unknown-function',
        severity: 'error',
        message: 'No function is named "tickt"',
        path: 'layouts/billmgr_dashboard_5.xml',
        line: 7,
        column: 59,
        endLine: 7,
        endColumn: 64,
        hint: 'Did you mean "ticket"? Known: account, payment, service, ticket.',
      },
      {
        code: 'duplicate-name',
        severity: 'warning',
        message: 'Block "tickets" is there already',
        path: 'layouts/billmgr_mod_news.xml',
        line: 2,
        column: 15,
        endLine: 2,
        endColumn: 22,
        hint: null,
      },
    ]);
  });

  test('is an empty array when there is nothing to say', () => {
    expect(json([], plain)).toBe('[]\n');
  });
});
