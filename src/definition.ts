/** Reads the elements of a list definition (`metadata type="list"`) into columns and buttons. */
import { readAttributes } from './element.ts';
import { col, hide, prop, toolbtn } from './elements/index.ts';
import { levelTest } from './level.ts';
import type { Button, Column, Condition, Prop, Sorted } from './provider.ts';
import { elementsOf, type XmlElement } from './xml/node.ts';

export function readColumn(element: XmlElement): Column {
  const attributes = readAttributes(col, element);
  const props = elementsOf(element, 'prop').map(readProp);
  return {
    name: attributes.name,
    type: attributes.type ?? (props.length > 0 || attributes.sort === 'prop' ? 'prop' : 'data'),
    sortable: attributes.sort !== undefined,
    sorted: readSorted(attributes.sorted),
    currency: attributes.currency,
    align: attributes.align,
    hidden: attributes.hidden === true,
    level: levelTest(attributes.level),
    props,
  };
}

function readProp(element: XmlElement): Prop {
  const { name, onimg, offimg, defimg, animated } = readAttributes(prop, element);
  return { name, on: onimg, off: offimg ?? defimg, animated: animated === true };
}

/** `yes`, `asc` and `+N` sort upwards, `desc` and `-N` downwards; N is the rank. */
function readSorted(text: string | undefined): Sorted | undefined {
  if (text === undefined) return undefined;
  const rank = Math.abs(Number(text));
  return { rank: Number.isNaN(rank) ? 1 : rank, descending: text === 'desc' || text.startsWith('-') };
}

export function readButton(element: XmlElement): Button {
  const attributes = readAttributes(toolbtn, element);
  return {
    name: attributes.name,
    type: attributes.type,
    func: attributes.func,
    icon: attributes.img,
    isDefault: attributes.default === true,
    level: levelTest(attributes.level),
    conditions: elementsOf(element).filter(isCondition).map(readCondition),
  };
}

const isCondition = (element: XmlElement) => element.name === 'hide' || element.name === 'show';

function readCondition(element: XmlElement): Condition {
  const { name, value, level } = readAttributes(hide, element);
  return { kind: element.name === 'hide' ? 'hide' : 'show', field: name, value, level: levelTest(level) };
}

/** The buttons of a list's toolbar, grouped or not, in their order. */
export function buttonElements(metadata: XmlElement): XmlElement[] {
  return elementsOf(metadata, 'toolbar')
    .flatMap((toolbar) =>
      elementsOf(toolbar).flatMap((child) => (child.name === 'toolgrp' ? elementsOf(child, 'toolbtn') : [child])),
    )
    .filter((child) => child.name === 'toolbtn');
}

export function columnElements(metadata: XmlElement): XmlElement[] {
  return elementsOf(metadata, 'coldata').flatMap((coldata) => elementsOf(coldata, 'col'));
}

/** The columns that stand directly in an element. */
export function columnsIn(element: XmlElement): Column[] {
  return elementsOf(element, 'col').map(readColumn);
}
