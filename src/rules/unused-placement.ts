import { type Rule, schemaOf } from '../rule.ts';
import { placeOfName } from '../xml/node.ts';

export const unusedPlacement: Rule = {
  code: 'unused-placement',
  severity: 'warning',
  about: 'Only an overlay gives elements another place, or takes them away; anywhere else it has no effect.',
  needs: ({ node }) => node.attributes.some(({ name }) => PLACEMENT.includes(name)),
  *element(element, { overlays }) {
    for (const attribute of element.node.attributes) {
      const { name, source } = attribute;
      if (!PLACEMENT.includes(name) || overlays.has(source) || !schemaOf(element, name)) continue;
      const hint =
        name === 'remove'
          ? 'Remove the element itself, or write this into an overlay: layouts/<manager>_mod_<name>.xml.'
          : 'Move the element itself, or write this into an overlay: layouts/<manager>_mod_<name>.xml.';
      yield { message: `"${name}" has no effect outside of an overlay`, ...placeOfName(attribute), hint };
    }
  },
};

const PLACEMENT = ['before', 'after', 'first', 'last', 'remove'];
