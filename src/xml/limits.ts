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
