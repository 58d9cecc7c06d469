/** How large a document may be; lengths are in characters after references are decoded. Beyond one it is refused. */
export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
  /** Attributes of one element. */
  readonly attributes: number;
  readonly attributeLength: number;
  /** One run of text. */
  readonly textLength: number;
}

/** Far above any layout that a person writes, low enough that no document costs a noticeable time. */
export const xmlLimits: XmlLimits = {
  bytes: 1024 * 1024,
  depth: 64,
  elements: 20_000,
  attributes: 64,
  attributeLength: 64 * 1024,
  textLength: 256 * 1024,
};

const words: Readonly<Record<string, keyof XmlLimits>> = {
  bytes: 'bytes',
  depth: 'depth',
  elements: 'elements',
  attributes: 'attributes',
  value: 'attributeLength',
  text: 'textLength',
};

/** What `readLimits` reads; 999 levels are few enough for all that descends into a tree. */
export const limitsPattern =
  '^(?:(?:depth=[1-9]\\d{0,2}|(?:bytes|elements|attributes|value|text)=[1-9]\\d{0,7}[KM]?)(?: +|$))+$';

/** The limits with some of them changed: `bytes=4M depth=100 elements=50000`. */
export function readLimits(text = ''): XmlLimits {
  const changed: { -readonly [Key in keyof XmlLimits]: number } = { ...xmlLimits };
  for (const [, word = '', digits, unit] of text.matchAll(/(\w+)=(\d+)([KM]?)/g)) {
    const limit = words[word];
    if (limit) changed[limit] = Number(digits) * (unit === 'M' ? 1024 * 1024 : unit === 'K' ? 1024 : 1);
  }
  return changed;
}
