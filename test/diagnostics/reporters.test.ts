import { stripVTControlCharacters } from 'node:util';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { github, json, line, pretty, sarif } from '../../src/diagnostics/reporters/index.ts';

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
const fixed: Diagnostic = { ...unknown, fix: { range: unknown.range, text: 'ticket' } };
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
    const { related: _, ...alone } = duplicate;
    expect(JSON.parse(json([unknown, alone], plain))).toEqual([
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

  test('gives related places and the fix where there are some', () => {
    const [first, second] = JSON.parse(json([fixed, duplicate], plain)) as Record<string, unknown>[];
    expect(first?.fix).toEqual({
      path: 'layouts/billmgr_dashboard_5.xml',
      line: 7,
      column: 59,
      endLine: 7,
      endColumn: 64,
      text: 'ticket',
    });
    expect(second?.related).toEqual([
      {
        message: 'it stands here first',
        path: 'layouts/billmgr_dashboard_5.xml',
        line: 7,
        column: 16,
        endLine: 7,
        endColumn: 23,
      },
    ]);
  });
});

describe('the GitHub report', () => {
  test('is a workflow command for each finding, with its hint', () => {
    expect(github([unknown, duplicate, note], plain)).toBe(
      [
        '::error file=layouts/billmgr_dashboard_5.xml,line=7,endLine=7,col=59,endColumn=64,title=unknown-function::No function is named "tickt"%0ADid you mean "ticket"? Known: account, payment, service, ticket.',
        '::warning file=layouts/billmgr_mod_news.xml,line=2,endLine=2,col=15,endColumn=22,title=duplicate-name::Block "tickets" is there already',
        '::notice file=layouts/billmgr_dashboard_5.xml,line=7,endLine=7,col=66,endColumn=70,title=unused-rows::Attribute "rows" has no effect',
        '',
      ].join('\n'),
    );
  });

  test('lets no text of an author end a command or begin another', () => {
    const source = { path: 'a:b,c.xml', text: 'a\nb' };
    const evil = found(source, 'a\nb', { message: '100%\r\n::warning::x', code: 'house/a,b' });
    expect(github([evil], plain)).toBe(
      '::error file=a%3Ab%2Cc.xml,line=1,endLine=2,title=house/a%2Cb::100%25%0D%0A::warning::x\n',
    );
  });

  test('is empty when there is nothing to say', () => {
    expect(github([], plain)).toBe('');
  });
});

describe('the SARIF report', () => {
  const about = 'Nothing is registered under the name. So nothing is shown.';
  const manual = () => ({
    version: '1.2.3',
    rules: [{ code: 'unknown-function', severity: 'error', about } as const],
  });
  const runOf = (diagnostics: readonly Diagnostic[]) =>
    (JSON.parse(sarif(diagnostics, { ...plain, manual })) as Log).runs[0];

  test('carries the manual, and a page for each code that is found', () => {
    const driver = runOf([unknown, duplicate])?.tool.driver;
    expect(driver).toMatchObject({ name: 'Lintel', semanticVersion: '1.2.3' });
    expect(driver?.rules?.map(({ id }) => id)).toEqual(['unknown-function', 'duplicate-name']);
    expect(driver?.rules?.[0]).toMatchObject({
      shortDescription: { text: 'Nothing is registered under the name.' },
      fullDescription: { text: about },
      defaultConfiguration: { level: 'error' },
    });
  });

  test('gives each finding its place, related places and fix', () => {
    const [first, second, third] = runOf([fixed, duplicate, note])?.results ?? [];
    const artifactLocation = { uri: 'layouts/billmgr_dashboard_5.xml', uriBaseId: '%SRCROOT%' };
    const region = { startLine: 7, startColumn: 59, endLine: 7, endColumn: 64 };
    expect(first).toEqual({
      ruleId: 'unknown-function',
      ruleIndex: 0,
      level: 'error',
      message: {
        text: 'No function is named "tickt". Did you mean "ticket"? Known: account, payment, service, ticket.',
      },
      locations: [{ physicalLocation: { artifactLocation, region } }],
      fixes: [
        {
          description: { text: 'Write ticket' },
          artifactChanges: [
            { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: 'ticket' } }] },
          ],
        },
      ],
    });
    expect(second?.relatedLocations).toMatchObject([
      { message: { text: 'it stands here first' }, physicalLocation: { artifactLocation } },
    ]);
    expect(third).toMatchObject({ level: 'note', ruleIndex: 2 });
  });

  test('counts columns in characters, and writes paths as addresses', () => {
    const source = { path: '/srv/мой panel/a.xml', text: '<a b="😀" c="x"/>' };
    const run = runOf([found(source, 'x')]);
    expect(run?.columnKind).toBe('unicodeCodePoints');
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'file:///srv/%D0%BC%D0%BE%D0%B9%20panel/a.xml' },
      region: { startLine: 1, startColumn: 13, endLine: 1, endColumn: 14 },
    });
  });

  test('says that nothing was found', () => {
    expect(JSON.parse(sarif([], plain))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
  });
});
