/** Names that are written wrong: of elements, of attributes, and of what attributes name. */
import { familyElements, isFamilyAttribute } from '../../../src/family.ts';
import { attributeOf, type XmlAttribute, type XmlElement } from '../../../src/xml/node.ts';
import type { MutatedContent } from './content.ts';
import { type Edit, edited, lengthened, type Site, shifted, valued } from './mutation.ts';
import { slipIn } from './slip.ts';
import { attributeText, contracts, everyElement, type Found, isRequired, schemaOf } from './walk.ts';

/** A slip in an element's name: in both of its tags. */
export function renamedElements(content: MutatedContent): Site[] {
  return everyElement(content).map(({ file, node }) => ({
    group: node.name,
    file,
    mutate(random) {
      const name = slipIn(node.name, random);
      if (!name || contracts.has(name) || familyElements(node.parent?.name ?? '').includes(name)) return undefined;
      const { nameRange, innerRange, range } = node;
      const isEmpty = innerRange.start === range.end;
      const close = { start: innerRange.end + 2, end: innerRange.end + 2 + node.name.length };
      const edits = [nameRange, ...(isEmpty ? [] : [close])].map((place): Edit => ({ ...place, text: name }));
      return {
        path: file.path,
        text: edited(file.text, edits),
        about: `<${node.name}> → <${name}>`,
        expected: {
          path: file.path,
          range: lengthened(nameRange, name),
          codes: ['unknown-element'],
          meant: node.name,
        },
      };
    },
  }));
}

const eachAttribute = (content: MutatedContent) =>
  everyElement(content).flatMap(({ file, node }) => node.attributes.map((attribute) => ({ file, node, attribute })));

export function renamedAttributes(content: MutatedContent): Site[] {
  return eachAttribute(content).map(({ file, node, attribute }) => ({
    group: `${node.name} ${attribute.name}`,
    file,
    mutate(random) {
      const name = slipIn(attribute.name, random);
      const known = contracts.get(node.name)?.attributes.properties ?? {};
      if (!name || name in known || isFamilyAttribute(node.name, name)) return undefined;
      if (attributeOf(node, name)) return undefined;
      return {
        path: file.path,
        text: edited(file.text, [{ ...attribute.nameRange, text: name }]),
        about: `<${node.name} ${attribute.name}> → ${name}`,
        expected: {
          path: file.path,
          range: lengthened(attribute.nameRange, name),
          codes: ['unknown-attribute'],
          meant: attribute.name,
        },
      };
    },
  }));
}

type Place = Found & { readonly attribute: XmlAttribute };

/** Sites of slips in the values of some attributes; `codes` says what must be found. */
export function slippedValues(
  content: MutatedContent,
  {
    of,
    codes,
    isStillRight,
  }: {
    of: (node: XmlElement, attribute: XmlAttribute) => boolean;
    codes: readonly string[];
    isStillRight?: (slip: string, place: Place) => boolean;
  },
): Site[] {
  return eachAttribute(content)
    .filter(({ node, attribute }) => of(node, attribute))
    .map((place) => ({
      group: `${place.node.name} ${place.attribute.name}`,
      file: place.file,
      mutate(random) {
        const { file, attribute, node } = place;
        const slip = slipIn(attribute.value, random);
        if (!slip || isStillRight?.(slip, place)) return undefined;
        const edits = [valued(attribute, slip)];
        return {
          path: file.path,
          text: edited(file.text, edits),
          about: `<${node.name} ${attribute.name}="${attribute.value}"> → "${slip}"`,
          expected: {
            path: file.path,
            range: lengthened(shifted(attribute.valueRange, edits), slip),
            codes,
            meant: attribute.value,
          },
        };
      },
    }));
}

/** A value that is no word of its list, no flag, no number. */
export function wrongValues(content: MutatedContent): Site[] {
  return eachAttribute(content).flatMap(({ file, node, attribute }): Site[] => {
    const { type, minimum, maximum } = schemaOf(node, attribute.name);
    const values =
      type === 'integer'
        ? [
            `${attribute.value}x`,
            '1.5',
            'ten',
            ...(minimum === undefined ? [] : [String(minimum - 1)]),
            ...(maximum === undefined ? [] : [String(maximum + 1)]),
          ]
        : type === 'boolean'
          ? ['maybe', 'true', '1', 'ye', 'yse', '']
          : isRequired(node, attribute.name) && attribute.name === 'name'
            ? ['', 'a b', '9x']
            : [];
    return values.map((value) => ({
      group: `${node.name} ${attribute.name}`,
      file,
      mutate: () => ({
        path: file.path,
        text: edited(file.text, [valued(attribute, value)]),
        about: `<${node.name} ${attribute.name}="${attribute.value}"> → "${value}"`,
        expected: { path: file.path, range: lengthened(attribute.valueRange, value), codes: ['invalid-value'] },
      }),
    }));
  });
}

/** A word of a level that is none. */
export function wrongLevels(content: MutatedContent): Site[] {
  return eachAttribute(content)
    .filter(({ node, attribute }) => schemaOf(node, attribute.name).refers === 'level')
    .map(({ file, node, attribute }) => ({
      group: node.name,
      file,
      mutate(random) {
        const words = [...attribute.value.matchAll(/[^\s+]+/g)];
        const word = words[Math.floor(random() * words.length)];
        if (!word) return undefined;
        const isName = /[a-z]/.test(word[0]);
        const slip = isName ? slipIn(word[0], random) : [`${word[0]}x`, '99', '-1'][Math.floor(random() * 3)];
        if (!slip) return undefined;
        const start = attribute.valueRange.start + word.index;
        const plus = attribute.value[word.index + word[0].length] === '+' ? 1 : 0;
        return {
          path: file.path,
          text: edited(file.text, [{ start, end: start + word[0].length, text: slip }]),
          about: `<${node.name} level="${attribute.value}"> ${word[0]} → ${slip}`,
          expected: {
            path: file.path,
            range: { start, end: start + slip.length + plus },
            codes: ['invalid-value'],
            meant: isName ? word[0] : undefined,
          },
        };
      },
    }));
}

export { attributeText, eachAttribute };
