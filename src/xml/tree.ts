import { XMLParser } from 'fast-xml-parser';
import type { Range, Source } from '../diagnostics/source.ts';
import { scanStartTag } from './attributes.ts';
import type { Passed } from './gate.ts';
import type { XmlAttribute, XmlElement, XmlNode } from './node.ts';
import { problemOf, type XmlProblem } from './problem.ts';

type Branch = Readonly<Record<string | symbol, unknown>>;
type Values = Readonly<Record<string, string>>;

const places = XMLParser.getMetaDataSymbol() as symbol;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  captureMetaData: true,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  // Needed for numeric references; the names it adds to the five of XML never come through the gate.
  htmlEntities: true,
  maxNestedTags: Number.MAX_SAFE_INTEGER,
  onDangerousProperty: (name) => name,
});

/**
 * The tree of a document that passed the gate, or the problem that its two parsers saw different documents. The names,
 * the order and the places come from fast-xml-parser, and the values are compared with those that the gate saw.
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

class TreeBuilder {
  difference: Range | undefined;
  private readonly source: Source;
  private readonly passed: Passed;
  private element = 0;
  private attribute = 0;

  constructor(source: Source, passed: Passed) {
    this.source = source;
    this.passed = passed;
  }

  build(branches: readonly Branch[]): XmlElement | undefined {
    const roots: XmlElement[] = [];
    for (const branch of branches) {
      const name = nameOf(branch);
      if (!name.startsWith('#')) roots.push(this.buildElement(branch, name, undefined));
    }
    const isSame = this.difference === undefined && this.element === this.passed.elements.length;
    return isSame && roots.length === 1 ? roots[0] : undefined;
  }

  private buildElement(branch: Branch, name: string, parent: XmlElement | undefined): XmlElement {
    const { startIndex: start, endIndex: end } = branch[places] as { startIndex: number; endIndex: number };
    const { text } = this.source;
    const nameRange = { start: start + 1, end: start + 1 + name.length };
    const tag = scanStartTag(text, nameRange.end);
    const innerRange = tag.empty ? { start: end, end } : { start: tag.end, end: text.lastIndexOf('<', end - 1) };
    const seen = this.passed.elements[this.element++];
    if (!seen || seen.name !== name || seen.start !== start || seen.end !== end) this.differ(nameRange);
    const attributes = this.buildAttributes(tag.places, branch[':@'] as Values | undefined);
    if (attributes.length !== seen?.attributeCount) this.differ(nameRange);
    const children: XmlNode[] = [];
    const element: XmlElement = {
      kind: 'element',
      name,
      source: this.source,
      range: { start, end },
      nameRange,
      innerRange,
      attributes,
      children,
      parent,
    };
    const own = this.fill(children, branch[name] as readonly Branch[], element);
    if (own !== seen?.text) this.differ(nameRange);
    return element;
  }

  // Returns the element's own text.
  private fill(children: XmlNode[], branches: readonly Branch[], parent: XmlElement): string {
    let own = '';
    for (const branch of branches) {
      const name = nameOf(branch);
      if (!name.startsWith('#')) {
        children.push(this.buildElement(branch, name, parent));
        continue;
      }
      const cdata = name === '#cdata';
      const text = String(cdata ? (branch[name] as readonly Branch[])[0]?.['#text'] : branch[name]);
      own += text;
      children.push({ kind: 'text', text, cdata });
    }
    return own;
  }

  private buildAttributes(at: readonly number[], parsed: Values | undefined): XmlAttribute[] {
    const { text } = this.source;
    const attributes: XmlAttribute[] = [];
    let next = 0;
    for (const name in parsed) {
      const nameRange = { start: at[next] ?? 0, end: at[next + 1] ?? 0 };
      const valueRange = { start: at[next + 2] ?? 0, end: at[next + 3] ?? 0 };
      next += 4;
      const value = this.passed.values[this.attribute] ?? '';
      const isSame = this.passed.names[this.attribute++] === name && text.startsWith(name, nameRange.start);
      if (!isSame || nameRange.end - nameRange.start !== name.length || !isSameValue(value, parsed[name]))
        this.differ(nameRange);
      attributes.push({ name, value, source: this.source, nameRange, valueRange });
    }
    if (next !== at.length) this.differ({ start: at[0] ?? 0, end: at[1] ?? 0 });
    return attributes;
  }

  private differ(range: Range): void {
    this.difference ??= range;
  }
}

// fast-xml-parser leaves a line break or tab in a value as it is; XML turns it into a space.
function isSameValue(value: string, parsed: string | undefined): boolean {
  return value === parsed || (parsed !== undefined && spaced(value) === spaced(parsed));
}

function spaced(value: string): string {
  return value.replace(/[\t\n\r]/g, ' ');
}

function nameOf(branch: Branch): string {
  for (const key in branch) if (key !== ':@') return key;
  return '#';
}
