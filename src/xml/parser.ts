import { SaxesParser } from 'saxes';

const Base = SaxesParser as unknown as new (options: object) => object;

/**
 * Has a place for each handler from the start. `on` would add them to the parser one by one, and with the eighth V8 turns
 * it from a record into a dictionary, which makes every step of the parser six times as slow.
 */
class RoomyParser extends Base {
  errorHandler = undefined;
  doctypeHandler = undefined;
  xmldeclHandler = undefined;
  piHandler = undefined;
  openTagStartHandler = undefined;
  openTagHandler = undefined;
  attributeHandler = undefined;
  closeTagHandler = undefined;
  textHandler = undefined;
  cdataHandler = undefined;
}

export type GateParser = SaxesParser<{ position: false; xmlns: false }>;

/** A parser of saxes that keeps no line numbers and knows no namespaces. */
export function createParser(): GateParser {
  return new RoomyParser({ position: false, xmlns: false }) as unknown as GateParser;
}
