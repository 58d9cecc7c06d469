/** What a `<source>` is asked with, as its author wrote it: the texts with placeholders, and where these stand. */
import type { Finding } from './diagnostics/diagnostic.ts';
import { type Placeholder, placeholdersIn } from './placeholders.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlAttribute, type XmlElement } from './xml/node.ts';

export interface SourceText {
  readonly attribute: XmlAttribute;
  readonly placeholders: readonly Placeholder[];
  /** Whether an environment variable stands for `:secret` in it. */
  readonly hasSecret: boolean;
}

/** The address of a source, the user it is asked for, its parameters and headers. */
export function sourceTexts(source: XmlElement): readonly SourceText[] {
  const sent = elementsOf(source).filter(({ name }) => name === 'param' || name === 'header');
  const own = ['address', 'su'].map((name) => ({ attribute: attributeOf(source, name), hasSecret: false }));
  const others = sent.map((one) => ({
    attribute: attributeOf(one, 'value'),
    hasSecret: attributeOf(one, 'secret') !== undefined,
  }));
  return [...own, ...others].flatMap(({ attribute, hasSecret }) =>
    attribute ? [{ attribute, hasSecret, placeholders: placeholdersIn(attribute.value) }] : [],
  );
}

/** The place of a placeholder; of the whole value, when references in it move what stands behind. */
export function placeOfPlaceholder(
  attribute: XmlAttribute,
  { word, at }: Placeholder,
): Pick<Finding, 'source' | 'range'> {
  const { source, valueRange } = attribute;
  const start = valueRange.start + at;
  const end = start + word.length + 1;
  if (source.text.slice(start, end) !== `:${word}`) return placeOfValue(attribute);
  return { source, range: { start, end } };
}

/** The address without its placeholders; undefined when it is none of http or https. */
export function hostOf(address: string): URL | undefined {
  const plain = address.replace(/(?<=^[^/]*:\/\/[^/?#]*[/?#].*):[A-Za-z_]\w*/g, 'x');
  if (!/^https?:\/\//i.test(plain) || !URL.canParse(plain)) return undefined;
  return new URL(plain);
}
