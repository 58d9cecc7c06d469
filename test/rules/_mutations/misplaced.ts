/** Things that stand twice, elsewhere, or not at all. */
import { ROOT } from '../../../src/element.ts';
import { attributeOf, elementsOf, type XmlElement } from '../../../src/xml/node.ts';
import type { MutatedContent, MutatedFile } from './content.ts';
import { type Edit, edited, lineOf, type Mutation, type Site, wholeOf } from './mutation.ts';
import { pick } from './slip.ts';
import { around, attributeText, contracts, everyElement, functionsNamed, isRequired } from './walk.ts';

/** Twice in its place: what has a name, or what there is only one of. */
export function duplicated(content: MutatedContent): Site[] {
  const named = [
    'block',
    'toolbtn',
    'toolgrp',
    'col',
    'prop',
    'page',
    'field',
    'button',
    'msg',
    'metadata',
    'input',
    'select',
    'textarea',
    'val',
  ];
  const single = ['query', 'toolbar', 'coldata', 'form', 'buttons', 'else'];
  return everyElement(content)
    .filter(({ node }) => [...named, ...single, 'hide', 'show', 'if', 'messages'].includes(node.name))
    .map(({ file, node }) => ({
      group: `${node.parent?.name} ${node.name}`,
      file,
      mutate() {
        const line = lineOf(node, file.text);
        const copy = file.text.slice(line.start, line.end);
        const by = line.end - node.range.start + (node.range.start - line.start);
        const at = ({ start, end }: { start: number; end: number }) => ({ start: start + by, end: end + by });
        const name = attributeOf(node, node.name === 'val' ? 'key' : 'name');
        const isNamed = [...named, 'messages'].includes(node.name) && name;
        const isCondition = ['hide', 'show', 'if'].includes(node.name);
        return {
          path: file.path,
          text: edited(file.text, [{ start: line.end, end: line.end, text: copy }]),
          about: `<${node.name} ${name?.value ?? ''}> twice`,
          expected: {
            path: file.path,
            range: at(isNamed ? name.valueRange : node.nameRange),
            codes: [
              isCondition
                ? 'duplicate-condition'
                : node.name === 'query'
                  ? 'invalid-query'
                  : isNamed
                    ? 'duplicate-name'
                    : 'duplicate-element',
            ],
          },
        };
      },
    }));
}

/** Taken from its place and put where its kind does not belong. */
export function moved(content: MutatedContent): Site[] {
  const all = everyElement(content);
  return all
    .filter(({ node }) => node.parent && elementsOf(node).length === 0 && !['msg', 'else'].includes(node.name))
    .map(({ file, node }) => ({
      group: `${node.parent?.name} ${node.name}`,
      file,
      mutate(random) {
        const parents = contracts.get(node.name)?.parents ?? [];
        const target = pick(
          all.filter(
            (one) =>
              one.file === file &&
              !parents.includes(one.node.name) &&
              one.node !== node &&
              one.node.innerRange.start !== one.node.range.end,
          ),
          random,
        );
        if (!target || isInside(target.node, node)) return undefined;
        const line = lineOf(node, file.text);
        const own = file.text.slice(node.range.start, node.range.end);
        const at = target.node.innerRange.start;
        const edits: Edit[] = [
          { ...line, text: '' },
          { start: at, end: at, text: own },
        ];
        if (at > line.start && at < line.end) return undefined;
        const start = (at >= line.end ? at - (line.end - line.start) : at) + 1;
        return {
          path: file.path,
          text: edited(file.text, edits),
          about: `<${node.name} ${attributeText(node, 'name')}> from <${node.parent?.name}> into <${target.node.name}>`,
          expected: { path: file.path, range: { start, end: start + node.name.length }, codes: ['misplaced-element'] },
        };
      },
    }));
}

const isInside = (node: XmlElement, other: XmlElement) =>
  node.range.start >= other.range.start && node.range.end <= other.range.end;

/** An attribute that its element, or the element's place, cannot do without. */
export function removedAttributes(content: MutatedContent): Site[] {
  return everyElement(content).flatMap(({ file, node }) =>
    node.attributes
      .filter(({ name }) => isRequired(node, name) || isNeededHere(node, name))
      .map((attribute) => ({
        group: `${node.name} ${attribute.name}`,
        file,
        mutate: () => ({
          path: file.path,
          text: edited(file.text, [{ ...wholeOf(attribute, file.text), text: '' }]),
          about: `<${node.name}> without ${attribute.name}="${attribute.value}"`,
          expected: { path: file.path, range: node.nameRange, codes: ['missing-attribute'] },
        }),
      })),
  );
}

function isNeededHere(node: XmlElement, name: string): boolean {
  if (node.name === 'block') return name === 'func' && attributeText(node, 'type') === 'list';
  if (node.name !== 'toolbtn') return false;
  const isLink = node.parent?.name === 'block' && attributeText(node.parent, 'type') !== 'list';
  const targets = node.attributes.filter((one) => ['form', 'list', 'func', 'url', 'window'].includes(one.name));
  if (isLink) return targets.length === 1 && targets[0]?.name === name;
  return node.parent?.name !== 'block' && name === 'func';
}

/** An element that something else cannot do without: what is said then, is said there. */
export function removedElements(content: MutatedContent): Site[] {
  const functions = functionsNamed(content);
  return everyElement(content).flatMap(({ file, node }): Site[] => {
    const expected = withoutIt(content, { file, node }, functions);
    if (!expected) return [];
    const line = lineOf(node, file.text);
    const by = expected.path === file.path && expected.range.start >= line.end ? line.end - line.start : 0;
    const range = { start: expected.range.start - by, end: expected.range.end - by };
    return [
      {
        group: node.name,
        file,
        mutate: () => ({
          path: file.path,
          text: edited(file.text, [{ ...line, text: '' }]),
          about: `no <${node.name} ${attributeText(node, 'name')}> in <${node.parent?.name ?? ROOT} ${node.parent ? attributeText(node.parent, 'name') : ''}>`,
          expected: { ...expected, range },
        }),
      },
    ];
  });
}

function withoutIt(
  content: MutatedContent,
  { file, node }: { file: MutatedFile; node: XmlElement },
  functions: ReturnType<typeof functionsNamed>,
): Mutation['expected'] | undefined {
  const metadata = around(node, 'metadata');
  if (node.name === 'query' && node.parent?.name === 'band')
    return { path: file.path, range: node.parent.nameRange, codes: ['missing-data'] };
  if (node.name === 'query' && metadata)
    return { path: file.path, range: metadata.nameRange, codes: ['missing-query'] };
  if (node.name === 'col' && node.parent?.name === 'block' && attributeOf(node, 'sorted')) {
    const rows = attributeOf(node.parent, 'rows');
    const sorted = elementsOf(node.parent, 'col').filter((col) => attributeOf(col, 'sorted'));
    return rows && sorted.length === 1
      ? { path: file.path, range: rows.nameRange, codes: ['rows-without-sorted'] }
      : undefined;
  }
  if (node.name === 'metadata') {
    const [place, ...others] = functions.get(attributeText(node, 'name')) ?? [];
    return place && others.length === 0
      ? { path: place.source.path, range: place.valueRange, codes: ['unknown-function'] }
      : undefined;
  }
  if (node.name === 'toolbtn' && metadata) {
    const places = content.files.flatMap(({ path, root }) =>
      elementsOf(root, 'block')
        .filter((block) => attributeText(block, 'func') === attributeText(metadata, 'name'))
        .flatMap((block) => elementsOf(block, 'toolbtn'))
        .filter((button) => attributeText(button, 'name') === attributeText(node, 'name'))
        .map((button) => ({ path, range: attributeOf(button, 'name')?.valueRange ?? button.nameRange })),
    );
    const [place, ...others] = places;
    return place && others.length === 0 ? { ...place, codes: ['unknown-button'] } : undefined;
  }
  if (node.name === 'field') {
    const form = around(node, 'form');
    const hidings = everyElement(content).filter(
      (one) =>
        /^(if|else)$/.test(one.node.name) &&
        around(one.node, 'form') === form &&
        attributeText(one.node, 'hide') === attributeText(node, 'name'),
    );
    const [hiding, ...others] = hidings;
    const place = hiding && attributeOf(hiding.node, 'hide');
    return place && others.length === 0 && !isInside(hiding.node, node)
      ? { path: file.path, range: place.valueRange, codes: ['unknown-field'] }
      : undefined;
  }
  return undefined;
}

export function strayTexts(content: MutatedContent): Site[] {
  return everyElement(content)
    .filter(({ node }) => !contracts.get(node.name)?.text && node.innerRange.start !== node.range.end)
    .map(({ file, node }) => ({
      group: `${node.parent?.name} ${node.name}`,
      file,
      mutate: () => ({
        path: file.path,
        text: edited(file.text, [{ start: node.innerRange.start, end: node.innerRange.start, text: 'text' }]),
        about: `text in <${node.name}>`,
        expected: {
          path: file.path,
          range: { start: node.innerRange.start, end: node.innerRange.start + 4 },
          codes: ['invalid-value'],
        },
      }),
    }));
}
