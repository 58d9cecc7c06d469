import { XMLParser } from 'fast-xml-parser';
import type { Range, Source } from '../diagnostics/source.ts';
import type { Passed } from './gate.ts';
import type { XmlElement, XmlText } from './node.ts';
import type { PlacedElement } from './placed.ts';
import { ambiguous, problemOf, type XmlProblem } from './problem.ts';

const options = {
  preserveOrder: true,
  ignoreAttributes: true,
  trimValues: false,
  parseTagValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  // Needed for numeric references; `true` would also add names to the five of XML, anew for each document.
  htmlEntities: {} as unknown as boolean,
  maxNestedTags: Number.MAX_SAFE_INTEGER,
  onDangerousProperty: (name: string) => name,
};

/**
 * The tree of a document that passed the gate, or the problem that its two parsers saw different documents: the elements
 * that the gate saw, with the texts of fast-xml-parser, once it has seen the same elements in the same order, one in the
 * other, with the same text in each.
 */
export function buildTree(
  source: Source,
  passed: Passed,
): { root: XmlElement } | { root?: undefined; problem: XmlProblem } {
  const builder = new TreeBuilder(passed);
  const root = builder.build(passed.hasInstructions ? withoutInstructions(source.text) : source.text);
  return root ? { root } : { problem: problemOf(source, ambiguous(builder.difference ?? { start: 0, end: 0 })) };
}

// The parser takes a quote in a processing instruction for the begin of a value. In a well-formed text "<?" stands
// only where one begins, or within a comment or CDATA.
function withoutInstructions(text: string): string {
  return text.replace(/<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>/gs, (markup) =>
    markup.startsWith('<?') ? '' : markup,
  );
}

const SHORT = 32;

/** An element in which the parser is, with what it has read there of the element's own text. */
interface Open {
  readonly element: PlacedElement;
  readonly text: string;
  read: string;
}

/** Goes along with the parser, which says how deep it is: that an element has ended shows in what comes next. */
class TreeBuilder {
  difference: Range | undefined;
  private readonly passed: Passed;
  private readonly whiteSpace = new Map<string, XmlText>();
  private readonly open: Open[] = [];
  private next = 0;

  constructor(passed: Passed) {
    this.passed = passed;
  }

  /** Undefined when there is a difference. */
  build(text: string): XmlElement | undefined {
    const { elements } = this.passed;
    const depthOf = (path: unknown) => (path as { getDepth(): number }).getDepth();
    const parser = new XMLParser({
      ...options,
      // What these give back leaves nothing for the parser to keep.
      updateTag: (name, path) => this.startElement(name, depthOf(path)),
      tagValueProcessor: (_name, run, path) => this.addText(run, depthOf(path)),
    });
    try {
      parser.parse(text);
    } catch {
      // Whatever it throws at, the gate has called the text well-formed: that is a difference too.
      return undefined;
    }
    this.endElements(0);
    const isSame = this.difference === undefined && this.next === elements.length;
    return isSame ? elements[0] : undefined;
  }

  private startElement(name: string, depth: number): false {
    this.endElements(depth - 1);
    const around = this.open.at(-1)?.element;
    const { elements, texts } = this.passed;
    const index = this.next++;
    const element = elements[index];
    if (element === undefined) return false;
    if (element.name !== name || element.parent !== around) this.differ(element);
    this.open.push({ element, text: texts[index] ?? '', read: '' });
    around?.append(element);
    return false;
  }

  private addText(run: string, depth: number): '' {
    this.endElements(depth);
    const open = this.open.at(-1);
    if (open === undefined) return '';
    open.read += run;
    open.element.append(this.textOf(run));
    return '';
  }

  private endElements(depth: number): void {
    while (this.open.length > depth) {
      const { element, text, read } = this.open.pop() as Open;
      if (read !== text) this.differ(element);
    }
  }

  // White space between elements is the same again and again.
  private textOf(text: string): XmlText {
    if (text.length > SHORT) return { kind: 'text', text };
    let node = this.whiteSpace.get(text);
    if (node === undefined) this.whiteSpace.set(text, (node = { kind: 'text', text }));
    return node;
  }

  private differ(element: XmlElement): void {
    this.difference ??= element.nameRange;
  }
}
