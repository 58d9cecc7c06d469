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

/** What elements without attributes or children share. */
export const NOTHING: readonly never[] = [];

/** An element that keeps its places as numbers, and makes ranges of them for those who ask: most are never asked for. */
export class PlacedElement implements XmlElement {
  readonly kind = 'element';
  readonly name: string;
  readonly source: Source;
  readonly parent: XmlElement | undefined;
  readonly attributes: readonly XmlAttribute[];
  readonly start: number;
  private readonly innerStart: number;
  private innerEnd: number;
  private end: number;
  private nodes: readonly XmlNode[] | ((self: XmlElement) => readonly XmlNode[]);

  /** Children that are a function are made when somebody asks for them. */
  constructor(element: Parts, places: Places) {
    this.name = element.name;
    this.source = element.source;
    this.parent = element.parent;
    this.attributes = element.attributes;
    this.start = places.start;
    this.innerStart = places.innerStart;
    this.innerEnd = places.innerEnd;
    this.end = places.end;
    this.nodes = element.children;
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

  /** For who reads it: its end tag has been found. */
  close(innerEnd: number, end: number): void {
    this.innerEnd = innerEnd;
    this.end = end;
  }

  /** For who reads it: it holds one node more. */
  append(node: XmlNode): void {
    if (this.nodes === NOTHING) this.nodes = [node];
    else (this.nodes as XmlNode[]).push(node);
  }
}

/** Where an attribute stands: the begin of its name, and the begin and end of its value. */
export interface AttributePlaces extends Range {
  readonly nameStart: number;
}

/** An attribute that keeps its places as numbers. */
export class PlacedAttribute implements XmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly source: Source;
  private readonly nameStart: number;
  private readonly valueStart: number;
  private readonly valueEnd: number;

  constructor(attribute: Pick<XmlAttribute, 'name' | 'value' | 'source'>, { nameStart, start, end }: AttributePlaces) {
    this.name = attribute.name;
    this.value = attribute.value;
    this.source = attribute.source;
    this.nameStart = nameStart;
    this.valueStart = start;
    this.valueEnd = end;
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
