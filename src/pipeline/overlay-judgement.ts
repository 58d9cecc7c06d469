/** What is to be said of an overlay: a change may have several targets, and is wrong only when it is so at all of them. */
import type { Problem } from '../content-document.ts';
import { nearest, suggest } from '../diagnostics/suggest.ts';
import type { ElementContract } from '../element.ts';
import { attributeOf, placeOfName, placeOfValue, type XmlAttribute, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';
import { attributeText, type Draft, draftsIn } from './draft.ts';

/** Where the base would have what a change is about. */
type Around = Pick<Draft, 'name' | 'from' | 'attributes' | 'children'>;

export class Judgement {
  private readonly elements: ReadonlyMap<string, ElementContract>;
  private readonly blamed = new Map<string, Map<XmlElement | XmlAttribute, Problem>>();
  private readonly good = new Map<string, Set<XmlElement | XmlAttribute>>();

  constructor(elements: ReadonlyMap<string, ElementContract>) {
    this.elements = elements;
  }

  /** The changes that have no target at all. */
  get unmerged(): XmlElement[] {
    return [...this.left('unknown-target').keys()].filter((key) => 'children' in key);
  }

  get problems(): Problem[] {
    return [...this.blamed.keys()].flatMap((code) => [...this.left(code).values()]);
  }

  /** The change has a target, or is one itself. */
  found(change: XmlElement): void {
    this.clear('unknown-target', change);
  }

  /** What a change is about is not in the base. */
  gone(change: XmlElement, around: Around): void {
    const siblings = draftsIn(around as Draft, change.name);
    const owner = describe(around, this.elements);
    this.blame(change, {
      code: 'unknown-target',
      message: `${capital(owner)} has no ${describe(change, this.elements)} to ${isRemoval(change) ? 'remove' : 'change'}`,
      ...placeOf(change, this.elements),
      hint: this.advice(change, around, siblings),
      related: [{ source: around.from.source, range: around.from.nameRange, message: `${owner}, as it is now` }],
    });
  }

  /** A change at the top of an overlay has no target; `near` is what there is instead. */
  lacking(change: XmlElement, message: string, known: ReadonlyMap<string, XmlElement | undefined>): void {
    const name = attributeOf(change, 'name')?.value ?? '';
    const near = known.get(nearest(name, known.keys()) ?? '') ?? [...known.values()][0];
    this.blame(change, {
      code: 'unknown-target',
      message,
      ...placeOf(change, this.elements),
      hint: [suggest(name, known.keys()), this.howToAdd(change)].join(' ').trim(),
      ...(near && { related: [{ ...placeOf(near, this.elements), message: 'what there is now' }] }),
    });
  }

  /** The sibling at which an element wants its place is not there. */
  lost(attribute: XmlAttribute, around: Draft, siblings: readonly Draft[]): void {
    const owner = describe(around, this.elements);
    const kind = siblings[0]?.name ?? '';
    const known = siblings.map((sibling) => attributeText(sibling, this.elements.get(kind)?.key[0] ?? 'name') ?? '');
    this.blame(attribute, {
      code: 'unknown-target',
      message: `${capital(owner)} has nothing named ${quoted(attribute.value)} to stand ${attribute.name}`,
      ...placeOfValue(attribute),
      hint: suggest(attribute.value, known) || 'Nothing of its kind stands there.',
      related: [{ source: around.from.source, range: around.from.nameRange, message: `${owner}, as it is now` }],
    });
  }

  /** An element asks for two places, or for one beside itself. */
  misplaced(problem: XmlAttribute, first: XmlAttribute): void {
    const isSecond = problem !== first;
    this.blame(problem, {
      code: 'invalid-placement',
      message: isSecond
        ? `"${problem.name}" asks for another place than "${first.name}"`
        : `An element cannot stand ${problem.name} itself`,
      ...(isSecond ? placeOfName(problem) : placeOfValue(problem)),
      hint: isSecond
        ? 'Keep one of "before", "after", "first" and "last".'
        : 'Name a sibling, or write first="yes" or last="yes".',
    });
  }

  /** The base is the same without it. */
  unused(what: XmlElement | XmlAttribute): void {
    const message =
      'children' in what
        ? `${describe(what, this.elements)} changes nothing`
        : `The base says ${what.name}=${quoted(what.value)} already`;
    const place = 'children' in what ? { source: what.source, range: what.nameRange } : placeOfName(what);
    this.blame(what, { code: 'unused-change', message, ...place, hint: 'Remove it.' });
  }

  used(what: XmlElement | XmlAttribute): void {
    this.clear('unused-change', what);
    this.clear('unknown-target', what);
  }

  private advice(change: XmlElement, around: Around, siblings: readonly Draft[]): string {
    const key = this.elements.get(change.name)?.key.at(-1) ?? 'name';
    const value = attributeText(change, key) ?? '';
    const elsewhere = deeper(around, (draft) => draft.name === change.name && attributeText(draft, key) === value);
    if (elsewhere) return `It stands in ${describe(elsewhere, this.elements)}: write that around it.`;
    const names = siblings.flatMap((sibling) => attributeText(sibling, key) ?? []).filter((name) => name !== value);
    return [suggest(value, names), this.howToAdd(change)].join(' ').trim();
  }

  private howToAdd(change: XmlElement): string {
    if (isRemoval(change)) return '';
    const { required = [] } = (this.elements.get(change.name)?.attributes ?? {}) as { required?: readonly string[] };
    const lacking = required.filter((name) => !attributeOf(change, name)).map((name) => `${name}="…"`);
    return lacking.length > 0 ? `To add a new one, say ${lacking.join(' and ')} too.` : '';
  }

  private left(code: string): ReadonlyMap<XmlElement | XmlAttribute, Problem> {
    return new Map([...(this.blamed.get(code) ?? [])].filter(([key]) => !this.good.get(code)?.has(key)));
  }

  // Of several targets, the first is told of.
  private blame(key: XmlElement | XmlAttribute, problem: Problem): void {
    let problems = this.blamed.get(problem.code);
    if (!problems) this.blamed.set(problem.code, (problems = new Map()));
    if (!problems.has(key)) problems.set(key, problem);
  }

  private clear(code: string, key: XmlElement | XmlAttribute): void {
    let good = this.good.get(code);
    if (!good) this.good.set(code, (good = new Set()));
    good.add(key);
  }
}

/** The element around one that is deeper in a draft. */
function deeper(around: Around, isIt: (draft: Draft) => boolean): Draft | undefined {
  for (const child of draftsIn(around as Draft)) {
    if (draftsIn(child).some(isIt)) return child;
    const found = deeper(child, isIt);
    if (found) return found;
  }
  return undefined;
}

type Named = Pick<Draft, 'name' | 'attributes'>;

/** An element in words: `the block "taskbar"` with an article, of an overlay without. */
function describe(
  element: Named & { readonly from?: XmlElement },
  elements: ReadonlyMap<string, ElementContract>,
): string {
  const keys = elements.get(element.name)?.key ?? ['name'];
  const values = keys.flatMap((key) => attributeText(element, key) ?? []);
  const words = [`<${element.name}>`, ...values.map(quoted)].join(' ');
  return element.from ? `the ${words}` : words;
}

const isRemoval = (change: XmlElement) => attributeOf(change, 'remove') !== undefined;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The value by which an element is known, or its name. */
function placeOf(element: XmlElement, elements: ReadonlyMap<string, ElementContract>) {
  const key = elements.get(element.name)?.key.at(-1) ?? '';
  const attribute = attributeOf(element, key);
  return attribute ? placeOfValue(attribute) : { source: element.source, range: element.nameRange };
}
