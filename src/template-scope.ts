/** Walks through a template with the names that it sees, as nunjucks would. */

import type { Source } from './diagnostics/source.ts';
import {
  isNode,
  type Members,
  offsetOf,
  partsOf,
  type Shape,
  type TemplateNode,
  type TemplateReading,
} from './template.ts';

type Scope = Record<string, Shape>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

const GLOBALS: Members = { range: 'any', cycler: 'any', joiner: 'any' };

/** What a template reads, when it is given `names`. */
export function readTemplate(source: Source, tree: TemplateNode, names: Members): TemplateReading {
  const outputs = new Map<number, Shape>();
  const scope: Scope = { ...GLOBALS, ...names };
  const reading: Mutable<TemplateReading> = { unknown: [], names: {}, outputs, filters: [], tests: [], uses: [] };
  const walk = new Walk(source, reading, { root: scope, outputs });
  walk.visit(tree, scope);
  return { ...reading, names: walk.own };
}

class Walk {
  private readonly source: Source;
  private readonly reading: Mutable<TemplateReading>;
  private readonly outputs: Map<number, Shape>;
  private readonly root: Scope;
  /** What the template gives names to, outside of everything else. */
  readonly own: Scope = {};

  constructor(
    source: Source,
    reading: Mutable<TemplateReading>,
    { root, outputs }: { readonly root: Scope; readonly outputs: Map<number, Shape> },
  ) {
    this.source = source;
    this.reading = reading;
    this.outputs = outputs;
    this.root = root;
  }

  private define(scope: Scope, name: TemplateNode, shape: Shape = 'any'): void {
    scope[String(name.value)] = shape;
    if (scope === this.root) this.own[String(name.value)] = shape;
  }

  visit(node: TemplateNode, scope: Scope): void {
    const visitor = this.visitors[node.typename];
    if (visitor) visitor(node, scope);
    else for (const part of partsOf(node)) this.visit(part, scope);
  }

  private visitAll(value: unknown, scope: Scope): void {
    for (const node of [value].flat()) if (isNode(node)) this.visit(node, scope);
  }

  private readonly visitors: Readonly<Record<string, (node: TemplateNode, scope: Scope) => void>> = {
    Symbol: (node, scope) => {
      const name = String(node.value);
      if (!Object.hasOwn(scope, name)) this.reading.unknown.push({ node, name, known: Object.keys(scope) });
    },
    Output: (node, scope) => {
      const [only, ...others] = partsOf(node);
      if (only && others.length === 0 && only.typename !== 'TemplateData')
        this.outputs.set(offsetOf(this.source, node.lineno, node.colno), shapeOf(only, scope));
      for (const part of partsOf(node)) this.visit(part, scope);
    },
    LookupVal: (node, scope) => this.visitMember(node, scope),
    Pair: (node, scope) => this.visitAll(node.value, scope),
    Set: (node, scope) => {
      this.visitAll(node.value, scope);
      this.visitAll(node.body, { ...scope });
      const shape = isNode(node.value) ? shapeOf(node.value, scope) : 'any';
      for (const target of [node.targets].flat()) if (isNode(target)) this.define(scope, target, shape);
    },
    For: (node, scope) => {
      this.visitAll(node.arr, scope);
      const list = isNode(node.arr) ? shapeOf(node.arr, scope) : 'any';
      const element: Shape = Array.isArray(list) ? (list[0] as Shape) : 'any';
      const inside: Scope = { ...scope, loop: 'any' };
      const { name } = node;
      if (isNode(name) && name.typename === 'Symbol') inside[String(name.value)] = element;
      else if (isNode(name)) for (const one of partsOf(name)) inside[String(one.value)] = 'any';
      this.visitAll(node.body, inside);
      this.visitAll(node.else_, scope);
    },
    Macro: (node, scope) => {
      if (isNode(node.name)) this.define(scope, node.name);
      this.visitMacro(node, scope);
    },
    Caller: (node, scope) => this.visitMacro(node, scope),
    Block: (node, scope) => this.visitAll(node.body, { ...scope }),
    Super: () => {},
    Import: (node, scope) => {
      this.use(node, node.withContext ? scope : {});
      if (isNode(node.target)) this.define(scope, node.target);
    },
    FromImport: (node, scope) => {
      const names = isNode(node.names) ? partsOf(node.names) : [];
      const imports = names.map((name) => (isNode(name.key) ? name.key : name));
      this.use(node, node.withContext ? scope : {}, imports);
      for (const name of names) this.define(scope, isNode(name.value) ? name.value : name);
    },
    Include: (node, scope) => this.use(node, scope),
    Extends: (node, scope) => this.use(node, scope),
    Filter: (node, scope) => {
      const [first] = isNode(node.args) ? partsOf(node.args) : [];
      const { name } = node;
      if (isNode(name))
        this.reading.filters.push({
          node: name,
          name: String(name.value),
          isFixed: first !== undefined && isFixed(first),
        });
      this.visitAll(node.args, scope);
    },
    Is: (node, scope) => {
      const test = isNode(node.right) && isNode(node.right.name) ? node.right.name : node.right;
      const name = isNode(test) ? String(test.value) : '';
      if (isNode(test)) this.reading.tests.push({ node: test, name });
      if (!['defined', 'undefined'].includes(name)) this.visitAll(node.left, scope);
      if (isNode(node.right)) this.visitAll(node.right.args, scope);
    },
    CallExtension: (node, scope) => {
      this.visitAll(node.args, scope);
      this.visitAll(node.contentArgs, { ...scope });
    },
  };

  private visitMember(node: TemplateNode, scope: Scope): void {
    const { target, val } = node;
    this.visitAll(target, scope);
    if (!isNode(target) || !isNode(val)) return;
    if (val.typename !== 'Literal') {
      this.visit(val, scope);
      return;
    }
    const shape = shapeOf(target, scope);
    const name = String(val.value);
    if (typeof shape !== 'object' || Array.isArray(shape) || '*' in shape || Object.hasOwn(shape, name)) return;
    this.reading.unknown.push({ node: val, name, of: wordsOf(target), known: Object.keys(shape) });
  }

  private visitMacro(node: TemplateNode, scope: Scope): void {
    const inside: Scope = { ...scope, caller: 'any' };
    for (const argument of isNode(node.args) ? partsOf(node.args) : []) {
      if (argument.typename !== 'KeywordArgs') inside[String(argument.value)] = 'any';
      for (const pair of argument.typename === 'KeywordArgs' ? partsOf(argument) : []) {
        this.visitAll(pair.value, scope);
        if (isNode(pair.key)) inside[String(pair.key.value)] = 'any';
      }
    }
    this.visitAll(node.body, inside);
  }

  private use(node: TemplateNode, gives: Scope, imports: readonly TemplateNode[] = []): void {
    const template = isNode(node.template) ? node.template : node;
    const name = template.typename === 'Literal' ? String(template.value) : undefined;
    if (name === undefined) this.visitAll(node.template, gives);
    const mayMiss = node.ignoreMissing === true;
    const isFrame = node.typename === 'Extends';
    this.reading.uses.push({ node: template, name, gives: { ...gives }, mayMiss, isFrame, imports });
  }
}

/** An address that begins with a path of this site, or names a scheme that is no script. */
const ADDRESS = /^(\/(?!\/)|#|\?|https?:\/\/|mailto:|tel:)/i;

/** What an expression comes to. */
function shapeOf(node: TemplateNode, scope: Scope): Shape {
  const { typename, value, target, val, body, else_, left, name } = node;
  const both = (a: unknown, b: unknown): Shape =>
    isNode(a) && isNode(b) && shapeOf(a, scope) === 'address' && shapeOf(b, scope) === 'address' ? 'address' : 'any';
  switch (typename) {
    case 'Symbol':
      return scope[String(value)] ?? 'any';
    case 'Literal':
      if (value === false || value === null) return 'none';
      return typeof value === 'string' && (value === '' || ADDRESS.test(value)) ? 'address' : 'any';
    case 'LookupVal':
      return isNode(target) && isNode(val) ? memberOf(shapeOf(target, scope), val) : 'any';
    case 'Group':
      return partsOf(node).map((part) => shapeOf(part, scope))[0] ?? 'any';
    case 'InlineIf':
      return both(body, else_);
    case 'Or':
      return both(left, node.right);
    case 'Add':
    case 'Concat':
      return isNode(left) ? (shapeOf(left, scope) === 'address' ? 'address' : 'any') : 'any';
    case 'FunCall':
      return isNode(name) && name.value === 'asset' ? 'address' : 'any';
    default:
      return 'any';
  }
}

function memberOf(shape: Shape, name: TemplateNode): Shape {
  if (typeof shape !== 'object') return 'any';
  if (isList(shape)) return name.typename === 'Literal' && name.value !== 'length' ? shape[0] : 'any';
  const own = name.typename === 'Literal' ? shape[String(name.value)] : undefined;
  return own ?? shape['*'] ?? 'any';
}

const isList = (shape: Members | readonly [Shape]): shape is readonly [Shape] => Array.isArray(shape);

/** Whether an expression is written out in the template, whatever the rows and texts are. */
function isFixed(node: TemplateNode): boolean {
  if (node.typename === 'Literal') return true;
  if (node.typename === 'Group') return partsOf(node).every(isFixed);
  if (node.typename !== 'InlineIf') return false;
  return [node.body, node.else_].every((part) => !isNode(part) || isFixed(part));
}

/** `block.list`, as it stands in the template. */
function wordsOf({ typename, value, target, val }: TemplateNode): string {
  if (typename !== 'LookupVal' || !isNode(target) || !isNode(val)) return String(value ?? 'it');
  return typeof val.value === 'number' ? `${wordsOf(target)}[${val.value}]` : `${wordsOf(target)}.${String(val.value)}`;
}

/** One shape for what may be either; `a` itself where nothing is added to it. */
export function eitherOf(a: Shape, b: Shape): Shape {
  if (a === b || b === 'none') return a;
  if (a === 'none') return b;
  if (typeof a !== 'object' || typeof b !== 'object') return 'any';
  if (!isList(a) && !isList(b)) return joined(a, b);
  if (!isList(a) || !isList(b)) return 'any';
  const one = eitherOf(a[0], b[0]);
  return one === a[0] ? a : [one];
}

/** The names of both; what is in both is either. It is `a` itself where nothing is added to it. */
export function joined(a: Members, b: Members): Members {
  const added: Record<string, Shape> = {};
  for (const [name, shape] of Object.entries(b)) {
    const before = Object.hasOwn(a, name) ? a[name] : undefined;
    const now = before === undefined ? shape : eitherOf(before, shape);
    if (now !== before) added[name] = now;
  }
  return Object.keys(added).length === 0 ? a : { ...a, ...added };
}
