import type { XmlElement } from '../../src/xml/node.ts';
/** Fails unless every range in the tree holds the text that it is named for. */
export declare function verifyRanges(element: XmlElement): void;
/** `line:column` of an offset. */
export declare function addressIn(source: XmlElement['source'], offset: number): string;
