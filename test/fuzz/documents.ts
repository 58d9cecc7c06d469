/** Documents that nobody would write: random, cut, spliced of others, damaged, blown up. */

const SIGNS =
  `< > & " ' / = ; - -- ! ? [ ] ]]> : <!-- --> <![CDATA[ <? ?> </ /> <!DOCTYPE <!ENTITY <a> </a> <a/> <a <xi:b xmlns:xi="u" ` +
  `&amp; &#65; &#x41; &nbsp; &#0; &lt &#x &#x110000; &lol; %a; xml: b="c" <?xml version="1.0"?> encoding="UTF-16"`;
const ODDITIES = [
  ' ',
  '\n',
  '\t',
  '\r',
  '\r\n',
  '\0',
  '\u0001',
  '\u0085',
  '\u2028',
  '\u200b',
  '\ufeff',
  '\ufffe',
  'Я',
  '🚀',
];
const WORDS =
  'block toolbtn col metadata query prop hide show msg lang messages name="x" func="ticket" type="list" type="toolbar" ' +
  'level="5+" sorted="-1" rows="5" rows="-1" position="left" before="a" after="a" remove="yes" select id from ticket __name__ :customer';
const MARKS: readonly string[] = [...SIGNS.split(' '), ...ODDITIES, ...WORDS.split(' ').map((word) => ` ${word}`)];

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The document of a number: made of good ones, always the same. */
export function strangeDocument(number: number, good: readonly Buffer[]): Buffer {
  const random = randomFrom(number * 2_654_435_761);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const place = (bytes: Buffer) => upTo(bytes.length + 1);
  const part = (bytes: Buffer) => bytes.subarray(...[place(bytes), place(bytes)].sort((a, b) => a - b));
  const marks = (count: number) => Buffer.from(Array.from({ length: upTo(count) + 1 }, () => pick(MARKS)).join(''));
  const inserted = (bytes: Buffer, more: Buffer) => {
    const at = place(bytes);
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at + pick([0, 0, 1, 7]))]);
  };
  const bent = (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    for (let count = upTo(4) + 1; count > 0 && copy.length > 0; count--) copy[upTo(copy.length)] = upTo(256);
    return copy;
  };
  const ways: readonly (() => Buffer)[] = [
    () => Buffer.from(Array.from({ length: upTo(400) }, () => upTo(256))),
    () => marks(60),
    () => pick(good).subarray(0, place(pick(good))),
    () => part(pick(good)),
    () => Buffer.concat([part(pick(good)), part(pick(good)), part(pick(good))]),
    () => inserted(pick(good), part(pick(good))),
    () => inserted(pick(good), marks(3)),
    () => inserted(inserted(pick(good), marks(2)), marks(2)),
    () => bent(pick(good)),
    () =>
      Buffer.from(
        pick(good)
          .toString('utf8')
          .replaceAll('\n', pick(['\r\n', '\r', ''])),
      ),
  ];
  const document = pick(ways)();
  // One in a hundred is large: a part of it over and over, up to the limit of bytes.
  if (upTo(100) > 0 || document.length === 0) return document;
  const again = part(document);
  const times = Math.min(Math.ceil(upTo(1_000_000) / (again.length + 1)), 50_000);
  const at = place(document);
  return Buffer.concat([document.subarray(0, at), ...Array<Buffer>(times).fill(again), document.subarray(at)]);
}
