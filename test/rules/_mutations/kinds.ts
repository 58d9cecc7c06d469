/** The kinds of slips, and the places of the content where each can be made. */
import { attributeOf, elementsOf, type XmlElement } from '../../../src/xml/node.ts';
import type { MutatedContent } from './content.ts';
import { duplicated, moved, removedAttributes, removedElements, strayTexts } from './misplaced.ts';
import type { Site } from './mutation.ts';
import { renamedAttributes, renamedElements, slippedValues, wrongLevels, wrongValues } from './renamed.ts';
import { around, attributeText, schemaOf } from './walk.ts';

const isIn = (node: XmlElement, name: string) => around(node, name) !== undefined;
const isList = (node: XmlElement | undefined) => attributeText(node as XmlElement, 'type') === 'list';
const isDefinition = (node: XmlElement) => node.parent?.name === 'toolbar' || node.parent?.name === 'toolgrp';

export function sitesOf(content: MutatedContent): ReadonlyMap<string, readonly Site[]> {
  const values = (
    of: Parameters<typeof slippedValues>[1]['of'],
    codes: readonly string[],
    isStillRight?: Parameters<typeof slippedValues>[1]['isStillRight'],
  ) => slippedValues(content, { of, codes, ...(isStillRight ? { isStillRight } : {}) });
  return new Map<string, readonly Site[]>([
    ['element renamed', renamedElements(content)],
    ['attribute renamed', renamedAttributes(content)],
    [
      'choice renamed',
      values(
        (node, { name, value }) => schemaOf(node, name).enum !== undefined && value !== '',
        ['invalid-value'],
        (slip, { node, attribute }) => schemaOf(node, attribute.name).enum?.includes(slip) === true,
      ),
    ],
    ['sort renamed', values((_, { name, value }) => name === 'sorted' && /^[a-z]/.test(value), ['invalid-value'])],
    [
      'function renamed',
      values(
        (node, { name }) => schemaOf(node, name).refers === 'function',
        ['unknown-function'],
        (slip) => content.files.some(({ text }) => text.includes(`metadata name="${slip}"`)),
      ),
    ],
    [
      'icon renamed',
      values(
        (node, { name }) => schemaOf(node, name).refers === 'icon',
        ['unknown-icon'],
        (slip) => content.icons.has(slip),
      ),
    ],
    [
      'column renamed',
      values(
        (node, { name }) => node.name === 'col' && node.parent?.name !== 'list' && name === 'name',
        ['unknown-column'],
      ),
    ],
    ['field renamed', values((node, { name }) => schemaOf(node, name).refers === 'field', ['unknown-column'])],
    ['prop renamed', values((node, { name }) => node.name === 'prop' && name === 'name', ['unknown-value'])],
    [
      'button renamed',
      values(
        (node, { name }) =>
          node.name === 'toolbtn' && name === 'name' && node.parent?.name === 'block' && isList(node.parent),
        ['unknown-button'],
      ),
    ],
    [
      'hidden field renamed',
      values((node, { name }) => /^(if|else)$/.test(node.name) && name === 'hide', ['unknown-field']),
    ],
    ['level wrong', wrongLevels(content)],
    ['value wrong', wrongValues(content)],
    [
      'condition value renamed',
      values((node, { name }) => /^(hide|show)$/.test(node.name) && name === 'value', ['unknown-value']),
    ],
    [
      'toolbar renamed',
      values(
        (node, { name }) =>
          node.name === 'block' && /^(toolbar|taskbar)$/.test(attributeText(node, 'type')) && name === 'name',
        ['missing-message'],
      ),
    ],
    [
      'definition renamed',
      values((node, { name }) => node.name === 'metadata' && name === 'name', ['missing-message']),
    ],
    [
      'defined button renamed',
      values((node, { name }) => node.name === 'toolbtn' && isDefinition(node) && name === 'name', ['missing-message']),
    ],
    [
      'form part renamed',
      values(
        (node, { name }) =>
          name === 'name' &&
          ((node.name === 'field' && !/type="hidden"/.test(JSON.stringify(node.attributes))) ||
            node.name === 'page' ||
            (node.name === 'button' && attributeText(node, 'name') !== 'ok')),
        ['missing-message'],
      ),
    ],
    ['option renamed', values((node, { name }) => node.name === 'val' && name === 'key', ['missing-message'])],
    [
      'heading button renamed',
      values(
        (node, { name }) =>
          name === 'name' && node.name === 'toolbtn' && node.parent?.name === 'block' && !isList(node.parent),
        ['missing-message'],
      ),
    ],
    [
      'text renamed',
      values(
        (node, { name, value }) => node.name === 'msg' && name === 'name' && isNeeded(content, node, value),
        ['unknown-message'],
      ),
    ],
    [
      'group renamed',
      values(
        (node, { name, value }) =>
          node.name === 'messages' && name === 'name' && !/^(help|common|payment.return|payment.bank)$/.test(value),
        ['unknown-message'],
      ),
    ],
    ['language renamed', values((node, { name }) => node.name === 'lang' && name === 'name', ['unknown-language'])],
    ['duplicated', duplicated(content)],
    ['moved', moved(content)],
    ['attribute removed', removedAttributes(content)],
    ['element removed', removedElements(content)],
    ['stray text', strayTexts(content)],
  ]);
}

/** Whether pages cannot do without a text: what it is about stands in the content. */
function isNeeded(content: MutatedContent, msg: XmlElement, key: string): boolean {
  const group = attributeText(msg.parent as XmlElement, 'name');
  if (['page', 'common', 'help'].includes(group)) return false;
  if (group === 'dashboard')
    return content.files.some(({ root }) =>
      elementsOf(root, 'block').some((block) =>
        elementsOf(block, 'toolbtn').some(
          (button) => `${attributeText(block, 'name')}_${attributeText(button, 'name')}` === key,
        ),
      ),
    );
  const metadata = content.files
    .flatMap(({ root }) => elementsOf(root, 'metadata'))
    .find((one) => attributeText(one, 'name') === group);
  if (!metadata) return false;
  return key === 'title' || partsOf(metadata).includes(key);
}

function partsOf(metadata: XmlElement): string[] {
  const all = (node: XmlElement): XmlElement[] => [node, ...elementsOf(node).flatMap(all)];
  return all(metadata).flatMap((node) => {
    const name = attributeText(node, 'name');
    if (node.name === 'toolbtn') return [`short_${name}`];
    if (node.name === 'val')
      return [`${attributeText(node.parent as XmlElement, 'name')}_${attributeText(node, 'key')}`];
    if (node.name === 'button') return /^(ok|cancel)$/.test(name) ? [] : [`button_${name}`];
    const isHidden = attributeOf(node, 'hidden') !== undefined;
    return ['col', 'field', 'page'].includes(node.name) && !isHidden && !isIn(node, 'list') ? [name] : [];
  });
}
