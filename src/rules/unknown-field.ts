import { misspelt } from '../near-name.ts';
import { functionAround } from '../needed-text.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { isSlipAtHome } from '../slip-at-home.ts';
import { isExplained } from '../strays.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unknownField: Rule = {
  code: 'unknown-field',
  severity: 'error',
  about: 'The form has no field or page of that name, so the condition would hide nothing.',
  isFor: elementsNamed('if', 'else'),
  *element({ node }, context) {
    const hidden = node.name === 'if' || node.name === 'else' ? attributeOf(node, 'hide') : undefined;
    const form = formAround(node);
    if (!hidden || !form) return;
    const known = namesIn(form);
    if (known.includes(hidden.value)) return;
    const parts = ['field', 'page'];
    if (parts.some((element) => isExplained(hidden.value, { owner: form, element, context }))) return;
    const group = functionAround(form);
    if (isSlipAtHome(hidden.value, known, { context, text: (field) => [group, field] })) return;
    yield {
      message: `The form has no field and no page named ${quoted(hidden.value)}`,
      ...misspelt(hidden, { known }),
    };
  },
};

function formAround(element: XmlElement): XmlElement | undefined {
  for (let at: XmlElement | undefined = element; at; at = at.parent) if (at.name === 'form') return at;
  return undefined;
}

function namesIn(form: XmlElement): string[] {
  const pages = elementsOf(form, 'page');
  const fields = [form, ...pages].flatMap((part) => elementsOf(part, 'field'));
  return [...pages, ...fields].flatMap((part) => attributeOf(part, 'name')?.value ?? []);
}
