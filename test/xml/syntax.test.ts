import { describe, expect, test } from 'vitest';
import { readXml } from '../../src/xml/read.ts';
import { addressIn } from './verify.ts';

/** A text, the `line:column` and the marked text of its one problem, the message and the hint. */
type Case = readonly [text: string, address: string, marked: string, message: string, hint?: string];

function check([text, address, marked, message, hint]: Case): void {
  const { root, source, problems } = readXml('a.xml', Buffer.from(text));
  expect(root).toBeUndefined();
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  if (!problem) return;
  const { start, end } = problem.range;
  expect({
    address: addressIn(source, start),
    marked: source.text.slice(start, end),
    message: problem.message,
    hint: problem.hint,
  }).toEqual({ address, marked, message, hint });
  expect(problem.code).toBe('invalid-syntax');
}

/** A case under its own text, its signs made visible. */
const titled = (cases: readonly Case[]) => cases.map((slip) => ({ title: JSON.stringify(slip[0]), slip }));

const escapeLess = 'Write &lt; for a plain "<"';
const escapeAmp = 'Write &amp; for a plain "&"';

describe('a slip in a start tag is told:', () => {
  const cases: Case[] = [
    ['<a b="1" b="2"/>', '1:10', 'b', 'Attribute "b" stands twice in "a"', 'Remove one of the two'],
    ['<a b/>', '1:4', 'b', 'Attribute "b" has no value', 'Write b="…" with a value, or remove it'],
    ['<a b c="1"/>', '1:4', 'b', 'Attribute "b" has no value', 'Write b="…" with a value, or remove it'],
    ['<a b=/>', '1:4', 'b', 'Attribute "b" has no value', 'Write b="…" with a value, or remove it'],
    ['<a b "1"/>', '1:4', 'b', 'Attribute "b" has no "=" before its value', 'Write "=" there'],
    ['<a b=5/>', '1:6', '5', 'The value of attribute "b" is not in quotes', 'Write b="5"'],
    ['<a b=tickets">', '1:6', 'tickets"', 'The value of attribute "b" is not in quotes', 'Write b="tickets"'],
    ['<a b=“да”/>', '1:6', '“да”', 'The value of attribute "b" is in typographic quotes', 'Write b="да"'],
    ['<a b="1"c="2"/>', '1:9', 'c', 'There is no space before attribute "c"', 'Write a space before it'],
    ['<a b="1",c="2"/>', '1:9', ',', '"," does not belong in the start tag of "a"'],
    ['<a b="1""/>', '1:9', '"', `'"' does not belong in the start tag of "a"`],
    ['<a & b="1"/>', '1:4', '&', '"&" does not belong in the start tag of "a"'],
    ['<a / b="1"/>', '1:4', '/', '"/" in the start tag of "a" is not followed by ">"'],
    ['<a b="<"/>', '1:7', '<', '"<" stands in the value of attribute "b"', escapeLess],
    ['<a b="x&y"/>', '1:8', '&', '"&" begins a reference in XML, and none follows', escapeAmp],
    ['<a b="?c=1&lt=2"/>;', '1:11', '&', '"&" begins a reference in XML, and none follows', escapeAmp],
    ['<a\n  b="1"\n', '1:2', 'a', 'The start tag of "a" is not closed', 'Write ">" or "/>" after its last attribute'],
    [
      '<a>\n<b c="1"\n<d/>\n</a>',
      '2:2',
      'b',
      'The start tag of "b" is not closed',
      'Write ">" or "/>" after its last attribute',
    ],
    ['<a', '1:2', 'a', 'The start tag of "a" is not closed', 'Write ">" or "/>" after its last attribute'],
    ['<a b', '1:2', 'a', 'The start tag of "a" is not closed', 'Write ">" or "/>" after its last attribute'],
  ];
  test.each(titled(cases))('$title', ({ slip }) => check(slip));
});

describe('a missing quote is found where it is missing:', () => {
  const message = 'The value of attribute "b" has no closing quote';
  const cases: Case[] = [
    ['<a b="x c="y"/>', '1:6', '"x', message, 'End the value with "'],
    ['<a b="x c="5"/>', '1:6', '"x', message, 'End the value with "'],
    ['<a b="c="y"/>', '1:6', '"c=', message, 'End the value with "'],
    ["<a b='x c='y'/>", '1:6', "'x", message, "End the value with '"],
    ['<a b="x>\n  <c d="e"/>\n</a>', '1:6', '"x', message, 'End the value with "'],
    ['<a>\n  <c b="x/>\n  <c b="y"/>\n</a>', '2:8', '"x', message, 'End the value with "'],
    ['<a b="x', '1:6', '"x', message, 'End the value with "'],
  ];
  test.each(titled(cases))('$title', ({ slip }) => check(slip));
});

describe('a slip in nesting is told:', () => {
  const close = (name: string) => `Write </${name}> at its end, or "/>" if it holds nothing`;
  const cases: Case[] = [
    ['<a>\n\t<b>\n</a>', '2:3', 'b', 'The element "b" is not closed before </a>', close('b')],
    ['<a><b><c></a>', '1:8', 'c', 'The element "c" is not closed before </a>', close('c')],
    [
      '<a>\n  <b>\n  </bb>\n</a>',
      '3:5',
      'bb',
      'The end tag </bb> does not match the open element "b"',
      'Write </b>, or remove </bb>',
    ],
    [
      '<a><b/></b></a>',
      '1:10',
      'b',
      'The end tag </b> does not match the open element "a"',
      'Write </a>, or remove </b>',
    ],
    ['<a><b>text', '1:5', 'b', 'The element "b" is never closed', close('b')],
    ['<a></a></a>', '1:10', 'a', 'The end tag </a> closes nothing', 'Remove it'],
    ['</a>', '1:3', 'a', 'The end tag </a> closes nothing', 'Remove it'],
    ['<a></>', '1:4', '</', 'The end tag has no name', 'Write </a>'],
    ['<a></ a>', '1:4', '</', 'The end tag has no name', 'Write </a>'],
    ['<a></a b="c">', '1:8', 'b="c"', '"b="c"" stands in the end tag of "a"', 'An end tag holds a name only'],
    ['<a><b></b</a>', '1:7', '</b', 'The end tag of "b" is not closed', 'Write </b>'],
    ['<a></a', '1:4', '</a', 'The end tag of "a" is not closed', 'Write </a>'],
  ];
  test.each(titled(cases))('$title', ({ slip }) => check(slip));

  test('a missing end tag comes with the place of the tag that came too early', () => {
    const { problems, source } = readXml('a.xml', Buffer.from('<a>\n  <b>\n</a>'));
    const [related] = problems[0]?.related ?? [];
    expect(related?.message).toBe('here </a> closes the element around it');
    expect(related && addressIn(source, related.range.start)).toBe('3:3');
  });

  test('a wrong end tag comes with the place where the element was opened', () => {
    const { problems, source } = readXml('a.xml', Buffer.from('<a>\n  <b>\n</c></a>'));
    const [related] = problems[0]?.related ?? [];
    expect(related?.message).toBe('"b" is opened here');
    expect(related && addressIn(source, related.range.start)).toBe('2:4');
  });
});

describe('a slip in text is told:', () => {
  const entity = 'Write the character itself or its number, as in &#160;; XML knows only &amp; &lt; &gt; &quot; &apos;';
  const plain = '"&" begins a reference in XML, and none follows';
  const forbidden = (reference: string) => `The reference "${reference}" is to a character that is not allowed in XML`;
  const cases: Case[] = [
    ['<a>Tom & Jerry; &amp; others</a>', '1:8', '&', plain, escapeAmp],
    ['<a>&amp; &</a>', '1:10', '&', plain, escapeAmp],
    ['<a>R&D</a>', '1:5', '&', plain, escapeAmp],
    ['<a>&;</a>', '1:4', '&', plain, escapeAmp],
    ['<a>&имя;</a>', '1:4', '&', plain, escapeAmp],
    ['<a>a &amp b</a>', '1:6', '&amp', 'The reference "&amp" has no ";"', 'Write &amp;'],
    ['<a>&#160</a>', '1:4', '&#160', 'The reference "&#160" has no ";"', 'Write &#160;'],
    ['<a>&nbsp;</a>', '1:4', '&nbsp;', 'The entity "&nbsp;" is not defined', entity],
    ['<a>&#0;</a>', '1:4', '&#0;', forbidden('&#0;')],
    ['<a>&#xD800;</a>', '1:4', '&#xD800;', forbidden('&#xD800;')],
    ['<a>&#x110000;</a>', '1:4', '&#x110000;', forbidden('&#x110000;')],
    [
      '<a>a < b</a>',
      '1:6',
      '<',
      '"<" begins a tag in XML, and no name follows',
      `Remove the space after it, or write &lt; for a plain "<"`,
    ],
    ['<a>1 <2</a>', '1:6', '<', '"<" begins a tag in XML, and no name follows', escapeLess],
    ['<a>x]]>y</a>', '1:5', ']]>', '"]]>" stands outside a CDATA section', 'Write ]]&gt;'],
    ['<a>\u0001</a>', '1:4', '\u0001', 'The character U+0001 is not allowed in XML', 'Remove it'],
    ['<a b="\uffff"/>', '1:7', '\uffff', 'The character U+FFFF is not allowed in XML', 'Remove it'],
    ['<a>🚀Я\t\u001b</a>', '1:7', '\u001b', 'The character U+001B is not allowed in XML', 'Remove it'],
  ];
  test.each(titled(cases))('$title', ({ slip }) => check(slip));
});

describe('a slip around the root element is told:', () => {
  const move = 'Move it into the root element, or remove it';
  const declare = 'Write <?xml version="1.0" encoding="UTF-8"?>, or leave it out';
  const cases: Case[] = [
    ['', '1:1', '', 'The file is empty'],
    [' \n ', '1:1', '', 'The file is empty'],
    ['<!-- nothing -->', '1:1', '', 'The file has no root element'],
    ['hello', '1:1', 'hello', 'The text "hello" stands outside the root element', move],
    ['<a/>\nx y\n', '2:1', 'x y', 'The text "x y" stands outside the root element', move],
    ['<a/>&amp;', '1:5', '&amp;', 'The text "&amp;" stands outside the root element', move],
    ['<![CDATA[x]]><a/>', '1:1', '<![CDATA[', 'A CDATA section stands outside the root element'],
    [
      '<a/>\n<b/>',
      '2:2',
      'b',
      'A second root element "b" follows the first',
      'Put it inside "a", or into a file of its own',
    ],
    [
      '\n<?xml version="1.0"?><a/>',
      '2:1',
      '<?xml',
      'The XML declaration does not stand at the very start of the file',
      'Remove what stands before it, blank lines too',
    ],
    ['<?xml verson="1.0"?><a/>', '1:1', '<?xml verson="1.0"?>', 'The XML declaration is malformed', declare],
    ['<?XML version="1.0"?><a/>', '1:1', '<?XML', 'The XML declaration is named "XML"', declare],
    ['<?xml version="1.1"?><a/>', '1:16', '1.1', 'XML version "1.1" is not supported', 'Write version="1.0"'],
  ];
  test.each(titled(cases))('$title', ({ slip }) => check(slip));
});

describe('a slip in a comment and the like is told:', () => {
  const cases: Case[] = [
    ['<a><!-- b </a>', '1:4', '<!--', 'The comment is never closed', 'Write --> at its end'],
    [
      '<a><!-- b -- c --></a>',
      '1:11',
      '--',
      '"--" stands inside a comment, where XML does not allow it',
      'Write a single "-"; a comment ends with "-->"',
    ],
    ['<a><![CDATA[ b </a>', '1:4', '<![CDATA[', 'The CDATA section is never closed', 'Write ]]> at its end'],
    [
      '<a><![cdata[ b ]]></a>',
      '1:4',
      '<![cdata[',
      '"<![cdata[" is neither a comment nor CDATA',
      'A comment begins with "<!--"',
    ],
    ['<a><!- b -></a>', '1:4', '<!-', '"<!-" is neither a comment nor CDATA', 'A comment begins with "<!--"'],
    ['<? b?><a/>', '1:1', '<?', 'The processing instruction has no name', 'Write one after "<?"'],
    ['<?b,c?><a/>', '1:4', ',', '"," does not belong in the name of a processing instruction'],
    ['<?b? c?><a/>', '1:4', '?', '"?" does not belong in the name of a processing instruction'],
    ['<a><?b </a>', '1:4', '<?b', 'The processing instruction is never closed', 'Write ?> at its end'],
  ];
  test.each(titled(cases))('$title', ({ slip }) => check(slip));
});

describe('a name that is not allowed is told:', () => {
  const remove = 'Remove it';
  const undeclared = (prefix: string, name: string) =>
    `Write "${name}" without a prefix, or declare it with xmlns:${prefix}="…"`;
  const parts = (name: string) => `The ":" in the name "${name}" does not part a prefix from a name`;
  const cases: Case[] = [
    ['<d\ufeffc/>', '1:2', 'd\ufeffc', 'The name "d\ufeffc" holds the invisible character U+FEFF', remove],
    ['<a b\u1680c="x"/>', '1:4', 'b\u1680c', 'The name "b\u1680c" holds the invisible character U+1680', remove],
    [
      '<xi:include/>',
      '1:2',
      'xi:include',
      'The prefix "xi" of "xi:include" is not declared',
      undeclared('xi', 'include'),
    ],
    ['<a>\n<b x:c="1"/></a>', '2:4', 'x:c', 'The prefix "x" of "x:c" is not declared', undeclared('x', 'c')],
    ['<a><b xmlns:x="u"/><x:c/></a>', '1:21', 'x:c', 'The prefix "x" of "x:c" is not declared', undeclared('x', 'c')],
    ['<:a/>', '1:2', ':a', parts(':a')],
    ['<a: xmlns:a="u"/>', '1:2', 'a:', parts('a:')],
    ['<a xmlns:b="u" b:c:d="1"/>', '1:16', 'b:c:d', parts('b:c:d')],
    ['<a xmlns:b="u" b:1="1"/>', '1:16', 'b:1', parts('b:1')],
    ['<a xmlns:b=""/>', '1:4', 'xmlns:b', 'The prefix "b" is declared without a namespace'],
    ['<a xmlns:xmlns="u"/>', '1:4', 'xmlns:xmlns', 'The prefix "xmlns" cannot be declared'],
    ['<a xmlns:xml="u"/>', '1:4', 'xmlns:xml', 'The prefix "xml" cannot be declared anew'],
    [
      '<a xmlns:b="http://www.w3.org/XML/1998/namespace"/>',
      '1:4',
      'xmlns:b',
      'The namespace of "xml" has no other prefix',
    ],
    ['<a xmlns:b="u" xmlns:c="u" b:d="1" c:d="2"/>', '1:36', 'c:d', 'Attribute "c:d" stands twice under two prefixes'],
    ['<a><?b:c d?></a>', '1:6', 'b:c', 'The name "b:c" of a processing instruction holds a ":"'],
    ['<__proto__/>', '1:2', '__proto__', 'The name "__proto__" is reserved'],
    ['<a constructor="x"/>', '1:4', 'constructor', 'The name "constructor" is reserved'],
  ];
  test.each(titled(cases))('$title', ({ slip }) => check(slip));

  test('but any other name of XML is read: what the vocabulary lacks is not a slip of syntax', () => {
    const text = '<doc xmlns="u" xmlns:x="v"><blоck назв="x"/><x:a x:b="" xml:lang="ru"/><日本/><a\u{1f3f4}-·/></doc>';
    expect(readXml('a.xml', Buffer.from(text)).problems).toEqual([]);
  });
});

test('a problem of syntax quotes a long word shortened, on one line', () => {
  const { problems } = readXml('a.xml', Buffer.from(`${'long\ntext '.repeat(1000)}<a/>`));
  expect(problems[0]?.message).toBe(
    'The text "long text long text long text long text…" stands outside the root element',
  );
});
