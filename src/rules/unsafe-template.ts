import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Rule } from '../rule.ts';
import { type CheckedTemplate, type TemplateReading, wordAt } from '../template.ts';
import { type Mark, marksOf } from '../template-markup.ts';

export const unsafeTemplate: Rule = {
  code: 'unsafe-template',
  severity: 'error',
  about:
    'What a row or a visitor says could become markup or a script of the page; or the page carries a script or style in itself, which its policy forbids.',
  *template(template, { reading }) {
    const read = reading(template.name);
    if (!read) return;
    yield* unescaped(template, read);
    for (const mark of marksOf(template.source.text, template.segments)) {
      const slip = slipIn(mark, template, read);
      if (slip) yield { source: template.source, ...slip };
    }
  },
};

function* unescaped({ source }: CheckedTemplate, { filters }: TemplateReading): Generator<Finding> {
  for (const { node, name, isFixed } of filters) {
    if (name !== 'safe' || isFixed) continue;
    const hint = 'Leave it out: texts are escaped, and what Lintel gives as markup stays markup.';
    yield { message: '"safe" lets any text become markup', source, range: wordAt(source, node, name), hint };
  }
}

type Slip = Omit<Finding, 'source'>;

function slipIn(mark: Mark, { source }: CheckedTemplate, read: TemplateReading): Slip | undefined {
  if (mark.kind === 'element') return slipInElement(mark);
  if (mark.kind === 'attribute') return slipInAttribute(mark);
  const { segment, attribute, isQuoted, before } = mark;
  const range = { start: segment.start, end: segment.end };
  const written = source.text.slice(segment.start, segment.end);
  if (!isQuoted) {
    const hint = `Write ${attribute}="${written.replaceAll('"', "'")}".`;
    return { message: `The value of "${attribute}" has no quotes around it`, range, hint };
  }
  if (!ADDRESSES.has(attribute) || before.trim() !== '' || read.outputs.get(segment.start) === 'address')
    return undefined;
  return {
    message: `"${attribute}" leads wherever the value says, also to a script`,
    range,
    hint: 'Begin it with a path, as in href="/list/…", or use an address that Lintel gives.',
  };
}

/** Attributes that lead somewhere. */
const ADDRESSES = new Set(
  'href src action formaction poster data xlink:href ping hx-get hx-post hx-put hx-delete'.split(' '),
);
const POLICY = 'The policy of the page forbids it: put it into a file of assets/, and link to that.';

function slipInElement({ name, attributes, range }: Mark & { kind: 'element' }): Slip | undefined {
  const isScript =
    name === 'script' && !attributes.has('src') && /^(|module|.*javascript)$/.test(attributes.get('type') ?? '');
  if (isScript) return { message: 'A script stands in the page itself', range, hint: POLICY };
  if (name === 'style') return { message: 'A style sheet stands in the page itself', range, hint: POLICY };
  return undefined;
}

function slipInAttribute({ name, range }: Mark & { kind: 'attribute' }): Slip | undefined {
  if (name === 'style') return { message: 'A style stands in the page itself', range, hint: POLICY };
  const isScript = /^(on[a-z]+|hx-on.*)$/.test(name);
  return isScript ? { message: `"${name}" is a script in the page itself`, range, hint: POLICY } : undefined;
}
