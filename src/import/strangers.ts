import { suggest } from '../diagnostics/suggest.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/node.ts';
import { elementsIn, type ImportContext, type Target, type Tell, valueIn } from './imported.ts';

/** What a definition holds that is one by itself, and not a change of another. */
const BODIES = ['coldata', 'form', 'band', 'query', 'block'];

/** Takes out changes of functions that are described nowhere: what a plugin adds to a panel that is not here. */
export function cutStrangers(
  targets: readonly Target[],
  ours: ReadonlySet<string>,
  context: ImportContext,
  tell: Tell,
): void {
  const definitions = targets.map((target) => ({
    target,
    own: elementsIn(target, context).filter(({ name }) => name === 'metadata'),
  }));
  const whole = definitions.flatMap(({ own }) => own.filter(isWhole).map((one) => valueIn(one, 'name')));
  const known = new Set([...ours, ...whole]);
  for (const { target, own } of definitions) {
    for (const metadata of own.reverse()) {
      const name = attributeOf(metadata, 'name');
      if (!name || known.has(name.value)) continue;
      const place = target.work.origin(name.valueRange);
      const message = `No function is named "${name.value}", which this changes`;
      if (place) {
        const hint = suggest(name.value, known);
        tell(place, { code: 'unknown-function', severity: 'warning', message, hint });
      }
      target.work.cut(metadata.range);
    }
  }
}

function isWhole(metadata: XmlElement): boolean {
  return elementsOf(metadata).some(({ name }) => BODIES.includes(name));
}
