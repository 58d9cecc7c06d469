import { definitionOf } from '../list-around.ts';
import { type CheckContext, elementsNamed, type Rule } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { attributeOf, placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const missingAction: Rule = {
  code: 'missing-action',
  severity: 'warning',
  about: 'The form is described, but no code acts for it, so its page is not found.',
  isFor: elementsNamed('metadata'),
  *element({ node }, context) {
    const isForm = node.name === 'metadata' && attributeOf(node, 'type')?.value === 'form';
    const name = isForm ? attributeOf(node, 'name') : undefined;
    const form = context.names?.functions.get(name?.value ?? '')?.form;
    if (!name || !form || form.definition || definitionOf(name.value, context) !== node) return;
    if (isMisspelt(name.value, context)) return;
    yield {
      message: `Nothing acts for the form ${quoted(name.value)}`,
      ...placeOfValue(name),
      hint: 'Register a form of that name with defineForm, in the module that LINTEL_CONFIG names.',
    };
  },
};

/** Whether it has no texts, but one of nearly that name has: one slip, which `missing-message` reports. */
function isMisspelt(name: string, context: CheckContext): boolean {
  const isTold = context.names?.messages.groups.includes(name) === true;
  return !isTold && textsOf(context).leftoverGroup(name) !== undefined;
}
