import { elementsNamed, holding, type Rule } from '../rule.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const duplicateCondition: Rule = {
  code: 'duplicate-condition',
  severity: 'warning',
  about: 'The same condition stands twice, so one of them says nothing; perhaps another value was meant.',
  isFor: elementsNamed('toolbtn', 'input', 'select'),
  needs: holding,
  *element({ node }) {
    const before = new Map<string, XmlElement>();
    for (const condition of elementsOf(node).filter(({ name }) => /^(hide|show|if)$/.test(name))) {
      const key = identityOf(condition);
      const first = before.get(key);
      if (!first) {
        before.set(key, condition);
        continue;
      }
      const { name, source, nameRange, range } = condition;
      const said = attributeOf(condition, name === 'if' ? 'hide' : 'name')?.value ?? '';
      yield {
        message: `The same <${name}> for ${quoted(said)} stands here already`,
        source,
        range: nameRange,
        hint: 'Remove it, or give it another value.',
        related: [{ message: 'the first one', source: first.source, range: first.nameRange }],
        ...(first.source === source && { fix: { range: withLine(range, source.text), text: '' } }),
      };
    }
  },
};

function identityOf(condition: XmlElement): string {
  const attributes = ['name', 'value', 'hide', 'empty', 'level'];
  return JSON.stringify([condition.name, ...attributes.map((name) => attributeOf(condition, name)?.value)]);
}

/** With the space before it, so that no empty line is left. */
function withLine({ start, end }: { start: number; end: number }, text: string) {
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1] ?? '')) from -= 1;
  const lineEnd = text.slice(0, from).match(/\r?\n$/)?.[0].length ?? 0;
  return { start: lineEnd > 0 ? from - lineEnd : start, end };
}
