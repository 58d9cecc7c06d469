/** Layouts that somebody slipped in: one to three changes of structure. */
import type { ElementContract } from '../../src/element.ts';
import { familyAttributes, familyElements } from '../../src/family.ts';
import type { XmlElement } from '../../src/xml/node.ts';

export interface Branch {
  name: string;
  attributes: [string, string][];
  /** A string is text as it is written, with what XML needs. */
  children: (Branch | string)[];
}

type Contracts = readonly ElementContract[];

/** A whole number below `limit`, which is at least 1. */
export type Draw = (limit: number) => number;

/** Numbers that look random, the same for the same seed. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

export function branchOf({ name, attributes, children }: XmlElement): Branch {
  return {
    name,
    attributes: attributes.map((attribute) => [attribute.name, attribute.value]),
    children: children.map((child) => (child.kind === 'text' ? escaped(child.text) : branchOf(child))),
  };
}

export function written({ name, attributes, children }: Branch): string {
  const tag = [name, ...attributes.map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ');
  const inside = children.map((child) => (typeof child === 'string' ? child : written(child))).join('');
  return inside === '' ? `<${tag}/>` : `<${tag}>${inside}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[<>&"\t\n]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const VALUES = [
  ...['', ' ', 'yes', 'no', 'on', 'YES', 'true', 'asc', '+1', '-2', '+0', 'a b', 'a.b-c_1', '1a', 'Имя', '-'],
  ...[
    '0',
    '1',
    '5',
    ' 5 ',
    '+5',
    '05',
    '1000',
    '1001',
    '-1',
    '1.5',
    '1e3',
    '86401',
    '00000000000000005',
    '9'.repeat(20),
  ],
  ...['5 7', '5+', 'user', 'user+', 'all', 'all+', 'registered', 'nobody', 'users', ' 5  6 ', '31', '32', '5,7'],
  ...['tickets', 'ticket', 'id', '#', 'p-on', 'constructor', 'toString'],
];
const TEXTS = [' ', '\n  ', 'text', ' a &amp; b ', '<![CDATA[x]]>', '<!-- c -->', '<?p i?>', '&#32;'];

/** A document with some changes; what they are is drawn. */
export function mutated(root: Branch, contracts: Contracts, draw: Draw): Branch {
  const copy = structuredClone(root);
  const count = draw(3) + 1;
  for (let change = 0; change < count; change += 1) changeOnce(copy, contracts, draw);
  return copy;
}

function changeOnce(root: Branch, contracts: Contracts, draw: Draw): void {
  const pick = <T>(things: readonly T[]): T => things[draw(things.length)] as T;
  const all = everyBranch(root);
  const at = pick(all);
  const others = all.filter((other) => other !== root);
  const elements = [...contracts.map(({ name }) => name), ...familyElements(at.name), 'blok'];
  const allowed = contracts.filter(({ parents }) => parents.includes(at.name)).map(({ name }) => name);
  const own = contracts.find(({ name }) => name === at.name);
  const known = [...Object.keys(own?.attributes.properties ?? {}), ...familyAttributes(at.name)];
  const attribute = () => pick([...known, ...known, 'name', 'nam', 'wide', 'xml:lang', 'if', 'value', 'type', 'key']);
  const value = (name: string) => pick([...choicesOf(own, name), ...choicesOf(own, name), ...VALUES]);
  const place = (branch: Branch | string) => at.children.splice(draw(at.children.length + 1), 0, branch);
  const put = (name: string) => {
    if (/^(xmlns|xsi):/.test(name)) return;
    at.attributes = [...at.attributes.filter(([key]) => key !== name), [name, value(name)]];
  };
  const changes: (() => void)[] = [
    () => (at.name = pick(elements)),
    () => put(attribute()),
    () => put(attribute()),
    () => put(pick([...at.attributes.map(([name]) => name), 'name'])),
    () => place(pick(TEXTS)),
    () => place({ name: pick([...elements, ...allowed, ...allowed]), attributes: [], children: [] }),
    () => place(structuredClone(pick(all))),
    () => {
      if (at.attributes.length > 0) at.attributes.splice(draw(at.attributes.length), 1);
    },
    () => {
      if (at.children.length > 0) at.children.splice(draw(at.children.length), 1);
    },
    () => {
      if (others.length > 0) place({ ...structuredClone(pick(others)), name: pick([...allowed, ...elements]) });
    },
    () => {
      at.children = [];
    },
  ];
  pick(changes)();
}

function choicesOf(contract: ElementContract | undefined, name: string): readonly string[] {
  const schemas = contract?.attributes.properties ?? {};
  return Object.hasOwn(schemas, name) ? ((schemas[name] as { enum?: readonly string[] }).enum ?? []) : [];
}

function everyBranch(branch: Branch): Branch[] {
  return [branch, ...branch.children.flatMap((child) => (typeof child === 'string' ? [] : everyBranch(child)))];
}
