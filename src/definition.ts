/** Reads the elements of a list definition (`metadata type="list"`) into columns and buttons. */
import { readAttributes } from './element.ts';
import { col, hide, prop, toolbtn, xprop } from './elements/index.ts';
import { type LevelTest, levelTest } from './level.ts';
import type { Button, Column, Condition, Prop, Sorted } from './provider.ts';
import { attributeOf, elementsOf, type XmlElement } from './xml/node.ts';

export function readColumn(element: XmlElement): Column {
  const attributes = readAttributes(col, element);
  const props = elementsOf(element).flatMap(readProps);
  const { total } = attributes;
  return {
    name: attributes.name,
    type: attributes.type ?? typeBy(element, attributes.sort),
    sortable: attributes.sort !== undefined,
    sorted: readSorted(attributes.sorted),
    currency: attributes.currency,
    align: attributes.align,
    hidden: attributes.hidden === true,
    used: attributes.used,
    limit: attributes.limit,
    view: attributes.view,
    width: pixelsOf(attributes.width),
    wrap: attributes.wrap,
    // What a running panel wrote there is text for its own rows.
    total: total === 'count' || total === 'sum' ? total : undefined,
    isLink: attributes.link,
    level: levelWithin(element),
    props,
  };
}

/** The kind of a column that does not say it. */
function typeBy(element: XmlElement, sort: string | undefined): 'prop' | 'data' {
  return sort === 'prop' || elementsOf(element, 'prop').length > 0 ? 'prop' : 'data';
}

/** A share is one of a page of usual width. */
function pixelsOf(width: string | undefined): number | undefined {
  return width === undefined ? undefined : Number.parseInt(width, 10) * (width.endsWith('%') ? PIXELS / 100 : 1);
}

const PIXELS = 800;

function readProps(element: XmlElement): Prop[] {
  if (element.name === 'prop') {
    const { name, onimg, offimg, defimg, animated, level } = readAttributes(prop, element);
    return [{ name, on: onimg, off: offimg ?? defimg, animated: animated === true, level: levelTest(level) }];
  }
  if (element.name !== 'xprop') return [];
  const { name, value = 'on', img, animated, level } = readAttributes(xprop, element);
  return [{ name, value, on: img, off: undefined, animated: animated === true, level: levelTest(level) }];
}

/** `yes`, `asc` and `+N` sort upwards, `desc` and `-N` downwards; N is the rank. */
function readSorted(text: string | undefined): Sorted | undefined {
  if (text === undefined || text === 'no') return undefined;
  const rank = Math.abs(Number(text));
  return { rank: Number.isNaN(rank) ? 1 : rank, descending: text === 'desc' || text.startsWith('-') };
}

export function readButton(element: XmlElement): Button {
  const attributes = readAttributes(toolbtn, element);
  return {
    name: attributes.name,
    type: attributes.type,
    func: attributes.func ?? attributes.form ?? attributes.list,
    icon: attributes.img,
    isDefault: attributes.default === true,
    level: levelWithin(element),
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

/** Who gets an element of a definition: whoever gets it and all that it stands in. */
function levelWithin(element: XmlElement): LevelTest {
  const tests: LevelTest[] = [];
  for (let at: XmlElement | undefined = element; at && at.name !== 'metadata' && at.name !== 'block'; at = at.parent) {
    const level = attributeOf(at, 'level');
    if (level) tests.push(levelTest(level.value));
  }
  return (level) => tests.every((test) => test(level));
}

export function columnElements(metadata: XmlElement): XmlElement[] {
  return elementsOf(metadata, 'coldata').flatMap((coldata) => elementsOf(coldata, 'col'));
}

/** The columns that stand directly in an element. */
export function columnsIn(element: XmlElement): Column[] {
  return elementsOf(element, 'col').map(readColumn);
}
