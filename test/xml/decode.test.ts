import { describe, expect, test } from 'vitest';
import { readXml } from '../../src/xml/read.ts';
import { addressIn } from './verify.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string) => Buffer.from(Uint32Array.from(text, (letter) => letter.charCodeAt(0)).buffer);

function problemOf(bytes: Uint8Array) {
  const { root, source, problems } = readXml('a.xml', bytes);
  expect(root).toBeUndefined();
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  return problem && { ...problem, address: addressIn(source, problem.range.start) };
}

describe('a file is refused that', () => {
  test.each([
    ['begins with a UTF-16 mark, little end first', Buffer.from('\ufeff<doc/>', 'utf16le'), 'UTF-16'],
    ['begins with a UTF-16 mark, big end first', utf16be('\ufeff<doc/>'), 'UTF-16'],
    ['is UTF-16 without a mark, little end first', Buffer.from('<doc/>', 'utf16le'), 'UTF-16'],
    ['is UTF-16 without a mark, big end first', utf16be('<doc/>'), 'UTF-16'],
    ['begins with a UTF-32 mark', utf32('\ufeff<doc/>'), 'UTF-32'],
    ['is UTF-32 without a mark', utf32('<doc/>'), 'UTF-32'],
  ])('%s', (_title, bytes, encoding) => {
    expect(problemOf(bytes)).toMatchObject({
      code: 'invalid-encoding',
      message: `The file is encoded as ${encoding}`,
      hint: 'Save it as UTF-8',
      address: '1:1',
    });
  });

  test.each([
    ['has a byte of Latin-1', latin('<doc>\n<a title="caf\xe9"/></doc>'), '0xE9', '2:14'],
    ['has a lone continuation byte', latin('<doc>\x80</doc>'), '0x80', '1:6'],
    ['encodes a character too long', latin('<doc>\xc0\xaf</doc>'), '0xC0', '1:6'],
    ['encodes half a pair', latin('<doc>\xed\xa0\x80</doc>'), '0xED', '1:6'],
    ['ends within a character', Buffer.from('<doc>Я').subarray(0, -1), '0xD0', '1:6'],
    [
      'is bad behind a mark and other letters',
      Buffer.concat([Buffer.from('\ufeff<doc>Я🚀'), latin('\xff')]),
      '0xFF',
      '1:8',
    ],
    [
      'is bad behind honest replacement characters',
      Buffer.concat([Buffer.from('<d>\ufffd\ufffd'), latin('\xff')]),
      '0xFF',
      '1:6',
    ],
  ])('%s', (_title, bytes, byte, address) => {
    expect(problemOf(bytes)).toMatchObject({
      code: 'invalid-encoding',
      message: `Byte ${byte} is not valid UTF-8`,
      hint: 'Save the file as UTF-8',
      address,
    });
  });

  test.each([
    ['with its bytes', Buffer.from('<?xml version="1.0" encoding="windows-1251"?><doc/>')],
    ['even where the bytes show it', latin('<?xml version="1.0" encoding="windows-1251"?><doc>\xcf</doc>')],
  ])('declares another encoding, %s', (_title, bytes) => {
    expect(problemOf(bytes)).toMatchObject({
      code: 'invalid-encoding',
      message: 'The file declares the encoding "windows-1251"',
      address: '1:31',
    });
  });

  test('has two byte order marks', () => {
    expect(problemOf(Buffer.from('\ufeff\ufeff<doc/>'))).toMatchObject({
      code: 'invalid-encoding',
      message: 'The file begins with two byte order marks',
    });
  });
});

test.each(['UTF-8', 'utf-8', 'utf8'])('a file may declare the encoding %s', (encoding) => {
  const { problems } = readXml('a.xml', Buffer.from(`<?xml version='1.0' encoding='${encoding}'?><doc/>`));
  expect(problems).toEqual([]);
});

test('a file may hold the character that stands for a bad byte', () => {
  expect(readXml('a.xml', Buffer.from('<doc>\ufffd</doc>')).problems).toEqual([]);
});
