/** Which file of the family becomes what, and under which path. */
import type { Source } from '../diagnostics/source.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import type { XmlDocument } from '../xml/read.ts';
import type { ImportContext, Target, Tell } from './imported.ts';
import { Patchwork } from './patchwork.ts';

/** A user's own copy of a page. */
export interface Copy {
  readonly manager: string;
  readonly login: string;
  readonly source: Source;
  readonly root: XmlElement;
}

export interface Sorted {
  readonly targets: readonly Target[];
  readonly copies: readonly Copy[];
}

/** Files that are no XML, or whose name or root says nothing to us, are told of. */
export function sortFiles(documents: readonly XmlDocument[], context: ImportContext, tell: Tell): Sorted {
  const targets = new Map<string, Target>();
  const copies: Copy[] = [];
  for (const { source, root, problems } of documents) {
    for (const { code, message, range, hint } of problems)
      tell({ source, range }, { code, severity: 'error', message, ...(hint !== undefined && { hint }) });
    if (!root) continue;
    const place = { source, range: root.nameRange };
    const name = source.path.split('/').at(-1) ?? '';
    const [, manager = '', login = ''] = /^([^.]+)\.(.+)\.dashboard\.xml$/.exec(name) ?? [];
    const inner = innermost(root);
    if (manager !== '' && inner) {
      copies.push({ manager, login, source, root: inner });
      continue;
    }
    const path = inner && pathFor(name, inner, context);
    const first = path === undefined ? undefined : targets.get(path)?.from;
    if (path === undefined) tell(place, unknownFile(root));
    else if (first) tell(place, secondFile(path, first));
    else targets.set(path, { path, from: source, work: new Patchwork(source) });
  }
  return { targets: [...targets.values()], copies };
}

/** The part of a file that counts: some are printed within an <xml>. */
export function innermost(root: XmlElement): XmlElement | undefined {
  const found = root.name === 'xml' ? elementsOf(root).find(({ name }) => isRoot(name)) : root;
  return found && isRoot(found.name) ? found : undefined;
}

const isRoot = (name: string) => name === 'doc' || name === 'mgrdata';

function pathFor(name: string, root: XmlElement, { documents }: ImportContext): string | undefined {
  if (/^[^.]+_dashboard_\d+\.xml$/.test(name)) return `layouts/${name}`;
  if (root.name === 'doc') return undefined;
  if (/^[^.]+?_mod_.+\.xml$/.test(name)) return `layouts/${name}`;
  const folder = elementsOf(root).every((part) => part.name === 'lang') ? 'layouts/lang' : 'data';
  const isOurs = documents.some(({ path }) => path === `${folder}/${name}`);
  return `${folder}/${isOurs ? 'imported-' : ''}${name}`;
}

function unknownFile(root: XmlElement) {
  const severity = 'warning' as const;
  const code = 'unknown-file';
  if (root.name === 'doc') {
    const manager = /\w+$/.exec(attributeOf(root, 'binary')?.value ?? '')?.[0] ?? 'billmgr';
    const hint = `Name it for its manager and access level, as ${manager}_dashboard_5.xml, and import it again.`;
    return { code, severity, message: 'The name of the file does not say whose page this is', hint };
  }
  const hint = 'A page begins with <doc>, a file of definitions, texts or a plugin with <mgrdata>.';
  return { code, severity, message: `A file of the family does not begin with <${root.name}>`, hint };
}

function secondFile(path: string, first: Source) {
  const hint = `Import their folders one by one, or rename this file; ${first.path} is taken.`;
  return { code: 'duplicate-file', severity: 'warning' as const, message: `Another file becomes ${path}`, hint };
}
