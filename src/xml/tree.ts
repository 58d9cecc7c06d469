import { XMLParser } from 'fast-xml-parser';
import type { Range, Source } from '../diagnostics/source.ts';
import { decodedValue, scanStartTag } from './attributes.ts';
import type { Passed } from './gate.ts';
import type { XmlAttribute, XmlElement, XmlNode, XmlText } from './node.ts';
import { PlacedAttribute, PlacedElement } from './placed.ts';
import { problemOf, type XmlProblem } from './problem.ts';

type Branch = Readonly<Record<string | symbol, unknown>>;

const places = XMLParser.getMetaDataSymbol() as symbol;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  trimValues: false,
  parseTagValue: false,
  captureMetaData: true,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  // Needed for numeric references; `true` would also add names to the five of XML, anew for each document.
  htmlEntities: {} as unknown as boolean,
  maxNestedTags: Number.MAX_SAFE_INTEGER,
  onDangerousProperty: (name) => name,
});

/**
 * The tree of a document that passed the gate, or the problem that its two parsers saw different documents. Elements, texts
 * and their places come from fast-xml-parser, attributes from the scanner; both are compared with what the gate saw.
 */
export function buildTree(
  source: Source,
  passed: Passed,
): { root: XmlElement } | { root?: undefined; problem: XmlProblem } {
  const builder = new TreeBuilder(source, passed);
  const root = builder.build(parse(passed.hasInstructions ? withoutInstructions(source.text) : source.text));
  return root ? { root } : { problem: ambiguous(source, builder.difference ?? { start: 0, end: 0 }) };
}

// Whatever it throws at, the gate has called the text well-formed: that is a difference too.
function parse(text: string): readonly Branch[] {
  try {
    return parser.parse(text) as readonly Branch[];
  } catch {
    return [];
  }
}

// The parser takes a quote in a processing instruction for the begin of a value. In a well-formed text "<?" stands
// only where one begins, or within a comment or CDATA; lengths stay, so that places do.
function withoutInstructions(text: string): string {
  return text.replace(/<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?(?!xml\s).*?\?>/gs, (markup) =>
    markup.startsWith('<?') ? `<?x${markup.slice(3, -2).replace(/[^\r\n]/g, ' ')}?>` : markup,
  );
}

function ambiguous(source: Source, range: Range): XmlProblem {
  const hint = 'Write this part in a simpler way, and report the file: this is not your mistake';
  return problemOf(source, { message: 'Two readers of XML understand this differently', range, hint });
}

/** What elements without attributes or children share. */
const NOTHING: never[] = [];

const SHORT = 32;

class TreeBuilder {
  difference: Range | undefined;
  private readonly source: Source;
  private readonly passed: Passed;
  private readonly texts = new Map<string, XmlText>();
  private element = 0;
  private attribute = 0;

  constructor(source: Source, passed: Passed) {
    this.source = source;
    this.passed = passed;
  }

  build(branches: readonly Branch[]): XmlElement | undefined {
    const roots: XmlElement[] = [];
    for (const branch of branches) {
      const name = this.nameOf(branch);
      if (!name.startsWith('#')) roots.push(this.buildElement(branch, name, undefined));
    }
    const isSame = this.difference === undefined && this.element === this.passed.elements.length;
    return isSame && roots.length === 1 ? roots[0] : undefined;
  }

  private buildElement(branch: Branch, name: string, parent: XmlElement | undefined): XmlElement {
    const { startIndex: start, endIndex: end } = branch[places] as { startIndex: number; endIndex: number };
    const { source } = this;
    const tag = scanStartTag(source.text, start + 1 + name.length);
    const innerStart = tag.empty ? end : tag.end;
    const innerEnd = tag.empty ? end : source.text.lastIndexOf('<', end - 1);
    const seen = this.passed.elements[this.element++];
    const isSeen = seen?.name === name && seen.start === start && seen.end === end;
    const attributes = this.buildAttributes(tag.places);
    const branches = branch[name] as readonly Branch[];
    // Arrays of their final length: those that grow keep places for more.
    const children: XmlNode[] = branches.length === 0 ? NOTHING : Array<XmlNode>(branches.length);
    const element = new PlacedElement(
      { name, source, parent, attributes, children },
      { start, innerStart, innerEnd, end },
    );
    const isFilled = this.fill(children, branches, element, seen?.text ?? '');
    if (!isSeen || attributes.length !== seen.attributeCount || !isFilled) this.differ(element.nameRange);
    return element;
  }

  // Whether the element's own text is what the gate saw.
  private fill(children: XmlNode[], branches: readonly Branch[], parent: XmlElement, seen: string): boolean {
    let length = 0;
    let isSame = true;
    for (let at = 0; at < branches.length; at++) {
      const branch = branches[at] as Branch;
      const plain = branch['#text'] as string | undefined;
      const name = plain === undefined ? this.nameOf(branch) : '#text';
      if (!name.startsWith('#')) {
        children[at] = this.buildElement(branch, name, parent);
        continue;
      }
      const text = String(plain ?? (branch[name] as readonly Branch[])[0]?.['#text']);
      isSame &&= seen.startsWith(text, length);
      length += text.length;
      children[at] = this.textOf(text, plain === undefined);
    }
    return isSame && length === seen.length;
  }

  // White space between elements is the same again and again.
  private textOf(text: string, cdata: boolean): XmlText {
    if (cdata || text.length > SHORT) return { kind: 'text', text, cdata };
    let node = this.texts.get(text);
    if (node === undefined) this.texts.set(text, (node = { kind: 'text', text, cdata }));
    return node;
  }

  // Most are what the gate saw next, and to ask for that is quicker than to ask what there is.
  private nameOf(branch: Branch): string {
    const expected = this.passed.elements[this.element]?.name;
    return expected !== undefined && Array.isArray(branch[expected]) ? expected : firstName(branch);
  }

  private buildAttributes(at: readonly number[]): XmlAttribute[] {
    const { source } = this;
    const attributes: XmlAttribute[] = at.length === 0 ? NOTHING : Array<XmlAttribute>(at.length / 4);
    for (let next = 0; next < at.length; next += 4) {
      const nameStart = at[next] ?? 0;
      const range = { start: at[next + 2] ?? 0, end: at[next + 3] ?? 0 };
      const name = this.passed.names[this.attribute] ?? '';
      const value = this.passed.values[this.attribute++] ?? '';
      const attribute = new PlacedAttribute({ name, value, source }, nameStart, range);
      const isSame = (at[next + 1] ?? 0) - nameStart === name.length && source.text.startsWith(name, nameStart);
      if (!isSame || !isWritten(value, source.text, range)) this.differ(attribute.nameRange);
      attributes[next / 4] = attribute;
    }
    return attributes;
  }

  private differ(range: Range): void {
    this.difference ??= range;
  }
}

/** Whether a value is what stands at its place, read once more. */
function isWritten(value: string, text: string, { start, end }: Range): boolean {
  if (value.length === end - start && text.startsWith(value, start)) return true;
  return value === decodedValue(text.slice(start, end));
}

function firstName(branch: Branch): string {
  for (const key in branch) return key;
  return '#';
}
