import { createMessages, type Messages } from '../messages.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/node.ts';
import type { XmlDocument } from '../xml/read.ts';

/** Everything the content folders say, as one value. */
export interface Content {
  readonly documents: readonly XmlDocument[];
  /** Access level → the `doc` element of its layout. */
  readonly layouts: ReadonlyMap<number, XmlElement>;
  /** Function → its `metadata` element. */
  readonly definitions: ReadonlyMap<string, XmlElement>;
  readonly messages: Messages;
}

/** Puts the documents together: layouts by level, definitions by function, texts by language. The first of a name stays. */
export function merge(documents: readonly XmlDocument[], manager: string): Content {
  const layouts = new Map<number, XmlElement>();
  const definitions = new Map<string, XmlElement>();
  const texts = new Map<string, Map<string, Map<string, string>>>();
  for (const { source, root } of documents) {
    if (root?.name === 'doc') {
      const level = layoutLevel(source.path, manager);
      if (level !== undefined) layouts.set(level, root);
      addMessages(texts, attributeOf(root, 'lang')?.value ?? 'en', root);
    }
    if (root?.name === 'mgrdata') {
      for (const metadata of elementsOf(root, 'metadata')) {
        const name = attributeOf(metadata, 'name')?.value;
        if (name !== undefined && !definitions.has(name)) definitions.set(name, metadata);
      }
      for (const lang of elementsOf(root, 'lang')) addMessages(texts, attributeOf(lang, 'name')?.value ?? '', lang);
    }
  }
  return { documents, layouts, definitions, messages: createMessages(texts) };
}

/** The access level that the name of a layout file gives: `billmgr_dashboard_5.xml` is 5. */
function layoutLevel(path: string, manager: string): number | undefined {
  const [, owner, level] = /([^/\\]+)_dashboard_(\d+)\.xml$/.exec(path) ?? [];
  return owner === manager ? Number(level) : undefined;
}

function addMessages(texts: Map<string, Map<string, Map<string, string>>>, language: string, parent: XmlElement): void {
  for (const messages of elementsOf(parent, 'messages')) {
    const group = attributeOf(messages, 'name')?.value ?? '';
    for (const msg of elementsOf(messages, 'msg')) {
      const key = attributeOf(msg, 'name')?.value ?? '';
      const table = at(at(texts, language), group);
      if (!table.has(key)) table.set(key, textOf(msg));
    }
  }
}

function at<V extends Map<string, unknown>>(map: Map<string, V>, key: string): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = new Map() as V));
  return value;
}
