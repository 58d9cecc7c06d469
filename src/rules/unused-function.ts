import type { Rule } from '../rule.ts';
import { attributeOf, elementsOf, placeOfValue, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unusedFunction: Rule = {
  code: 'unused-function',
  severity: 'info',
  about: 'No layout, button or other function leads to the function, so visitors reach it only by typing its address.',
  *content({ documents, elements, names }) {
    const roots = documents.flatMap(({ root }) => root ?? []);
    // Without a home page, every list stands in the head of the pages.
    if (!names || !roots.some(({ name }) => name === 'doc')) return;
    const inCode = [...names.functions.values()].flatMap(({ provider }) => provider?.buttons ?? []);
    const named = new Set([...roots.flatMap((root) => [...functionsNamed(root)]), ...inCode.map(({ func }) => func)]);
    const definitions = roots.flatMap((root) => (root.name === 'mgrdata' ? elementsOf(root, 'metadata') : []));
    for (const metadata of definitions) {
      const name = attributeOf(metadata, 'name');
      const isKnown = name && names.functions.get(name.value)?.form?.definition !== undefined;
      const isList = attributeOf(metadata, 'type')?.value === 'list';
      // A form that nothing acts for is a finding already; a list is led to by the forms that belong to it.
      if (!name || named.has(name.value) || !(isKnown || isList)) continue;
      if (isList && [...names.functions.keys()].some((func) => func.startsWith(`${name.value}.`))) continue;
      yield {
        ...placeOfValue(name),
        message: `Nothing leads to ${quoted(name.value)}`,
        hint: 'Name it in a toolbar or block of a layout, or in a button of another function.',
      };
    }

    function* functionsNamed(element: XmlElement): Generator<string> {
      const schemas = (elements.get(element.name)?.attributes.properties ?? {}) as Record<string, { refers?: string }>;
      for (const { name, value } of element.attributes) if (schemas[name]?.refers === 'function') yield value;
      for (const child of elementsOf(element)) yield* functionsNamed(child);
    }
  },
};
