import { beforeAll, describe, expect, test } from 'vitest';
import { readXml } from '../../src/xml/read.ts';
import { samples } from './samples.ts';

const lol = Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n};`.repeat(10)}">`).join('');
const million = 1_000_000;
const attacks: readonly (readonly [string, string | Uint8Array])[] = [
  ['100,000 levels', '<a>'.repeat(100_000)],
  ['100,000 levels that are closed', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
  ['100,000 attributes', `<a${Array.from({ length: 100_000 }, (_, n) => ` a${n}=""`).join('')}/>`],
  ['100,000 attributes and no end', `<a${Array.from({ length: 100_000 }, (_, n) => ` a${n}=""`).join('')}`],
  ['a billion laughs', `<!DOCTYPE a [<!ENTITY lol0 "lol">${lol}]><a>&lol9;</a>`],
  ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['UTF-16', Buffer.from('\ufeff<a/>'.repeat(1000), 'utf16le')],
  ['bytes that are not UTF-8', Buffer.alloc(million, 0xff)],
  [
    'a bad byte behind a megabyte of replacement characters',
    Buffer.concat([Buffer.from('\ufffd'.repeat(300_000)), Buffer.of(0xff)]),
  ],
  ['an element named __proto__', '<__proto__><a/></__proto__>'],
  ['an attribute named __proto__', '<a __proto__="x"/>'],
  ['an element named constructor', '<a><constructor/></a>'],
  ['an invisible U+FEFF in a name', '<a><blo\ufeffck/></a>'],
  ['a name of a megabyte', `<${'a'.repeat(million)}`],
  ['a megabyte of <', '<'.repeat(million)],
  ['a megabyte of &', `<a>${'&'.repeat(million)}</a>`],
  ['a megabyte of line ends', `${'\r\n'.repeat(million / 2)}`],
  ['a megabyte of spaces in stray text', `x${' '.repeat(million)}y<a/>`],
  ['a megabyte of spaces in a value', `<a b="${'> '.repeat(million / 2)}<`],
  ['a megabyte of spaces in a declaration', `<?xml version="1.0"${' '.repeat(million)}x?><a/>`],
  ['a declaration of many encodings', `<?xml ${'encoding=" '.repeat(90_000)}`],
  ['a megabyte of spaces in a tag', `<a${' '.repeat(million)}`],
  ['a megabyte of dashes in a comment', `<a><!--${'-'.repeat(million)}`],
  ['half a megabyte of brackets in CDATA', `<a><![CDATA[${']'.repeat(million / 2)}`],
  ['a megabyte of quotes', `<a b=${'"'.repeat(million)}`],
  ['a comment that never ends, over and over', `<a>${'<!-- '.repeat(million / 5)}`],
  ['a tag that never ends, over and over', `<a>${'<b '.repeat(300_000)}`],
  ['a value that never ends, over and over', `<a>${'<b c="'.repeat(150_000)}`],
  ['a declaration without end', `<?xml ${'version="1.0" '.repeat(70_000)}`],
  ['an instruction without end', `<a/>${'<?'.repeat(million / 2)}`],
];

describe('an attack is refused at once:', () => {
  beforeAll(() => {
    for (const sample of samples) for (let round = 0; round < 20; round++) readXml('a.xml', Buffer.from(sample));
  });

  test.each(attacks)('%s', (_title, content) => {
    const bytes = Buffer.from(content);
    const { root, problems } = readXml('a.xml', bytes);
    expect(root).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message.length).toBeLessThan(200);
    expect(bestOf(20, () => readXml('a.xml', bytes))).toBeLessThan(100);
  });
});

/** Milliseconds of processor time in the fastest of some rounds, the first that is fast enough. */
function bestOf(rounds: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && best >= 100; round++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

test('no property of an object is touched by any name', () => {
  readXml('a.xml', Buffer.from('<a __proto__="x"><b toString="y"/></a>'));
  readXml('a.xml', Buffer.from('<__proto__ polluted="x"/>'));
  expect(Object.prototype).not.toHaveProperty('polluted');
  expect(Object.hasOwn(Object.prototype, 'toString')).toBe(true);
  expect(Object.prototype.toString.call([])).toBe('[object Array]');
});

test('a megabyte with references in every value is read, not expanded', () => {
  const text = `<a>${'<b c="&#x41;&amp;&lt;&#65;">&gt;&quot;</b>'.repeat(19_000)}</a>`;
  const { root, problems } = readXml('a.xml', Buffer.from(text));
  expect(problems).toEqual([]);
  expect(root?.children).toHaveLength(19_000);
});
