import type { Range, Source } from '../diagnostics/source.ts';
import type { XmlAttribute, XmlElement, XmlNode } from './node.ts';

/** Where an element stands: its begin, the begin and end of what is between its tags, and its end. */
export interface Places {
  readonly start: number;
  readonly innerStart: number;
  readonly innerEnd: number;
  readonly end: number;
}

interface Parts extends Pick<XmlElement, 'name' | 'source' | 'parent' | 'attributes'> {
  readonly children: readonly XmlNode[] | ((self: XmlElement) => readonly XmlNode[]);
}

/** An element that keeps its places as numbers, and makes ranges of them for those who ask: most are never asked for. */
export class PlacedElement implements XmlElement {
  readonly kind = 'element';
  readonly name: string;
  readonly source: Source;
  readonly parent: XmlElement | undefined;
  readonly attributes: readonly XmlAttribute[];
  private nodes: readonly XmlNode[] | ((self: XmlElement) => readonly XmlNode[]);
  private readonly start: number;
  private readonly innerStart: number;
  private readonly innerEnd: number;
  private readonly end: number;

  /** Children that are a function are made when somebody asks for them. */
  constructor(element: Parts, places: Places) {
    this.name = element.name;
    this.source = element.source;
    this.parent = element.parent;
    this.attributes = element.attributes;
    this.nodes = element.children;
    this.start = places.start;
    this.innerStart = places.innerStart;
    this.innerEnd = places.innerEnd;
    this.end = places.end;
  }

  get children(): readonly XmlNode[] {
    if (typeof this.nodes === 'function') this.nodes = this.nodes(this);
    return this.nodes;
  }

  get range(): Range {
    return { start: this.start, end: this.end };
  }

  get nameRange(): Range {
    return { start: this.start + 1, end: this.start + 1 + this.name.length };
  }

  get innerRange(): Range {
    return { start: this.innerStart, end: this.innerEnd };
  }
}

/** An attribute that keeps its places as numbers. */
export class PlacedAttribute implements XmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly source: Source;
  private readonly nameStart: number;
  private readonly valueStart: number;
  private readonly valueEnd: number;

  constructor(attribute: Pick<XmlAttribute, 'name' | 'value' | 'source'>, nameStart: number, value: Range) {
    this.name = attribute.name;
    this.value = attribute.value;
    this.source = attribute.source;
    this.nameStart = nameStart;
    this.valueStart = value.start;
    this.valueEnd = value.end;
  }

  get nameRange(): Range {
    return { start: this.nameStart, end: this.nameStart + this.name.length };
  }

  get valueRange(): Range {
    return { start: this.valueStart, end: this.valueEnd };
  }
}

/** The element with other attributes, children and parent, at the same place. */
export function replaced(
  element: XmlElement,
  changes: Pick<XmlElement, 'parent' | 'attributes' | 'children'>,
): XmlElement {
  const { name, source, range, innerRange } = element;
  const places = { start: range.start, innerStart: innerRange.start, innerEnd: innerRange.end, end: range.end };
  return new PlacedElement({ name, source, ...changes }, places);
}
