/** `npm run mutations -- --count 2000 --seed 1`: slips in valid content, and whether the check finds each at its place, once. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { placeAt } from '../../../src/diagnostics/source.ts';
import { openContent } from './content.ts';
import { judge, mutationsOf, type Verdict } from './judge.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string', default: '' },
  },
});

const content = await openContent(join(process.cwd(), 'test/rules/_mutations/content'));
for (const { source, range, code, message } of await content.findings())
  console.log(`before any slip: ${source.path}:${placeAt(source, range.start).line}: ${code}: ${message}`);
const kinds = new Map<string, Verdict[]>();
for (const mutation of mutationsOf(content, { count: Number(values.count), seed: Number(values.seed) })) {
  if (values.kind !== '' && mutation.kind !== values.kind) continue;
  kinds.set(mutation.kind, [...(kinds.get(mutation.kind) ?? []), await judge(content, mutation)]);
}
for (const [kind, verdicts] of kinds) {
  const right = verdicts.filter(({ fault }) => !fault).length;
  const asked = verdicts.filter(({ suggested }) => suggested !== undefined);
  const suggested = asked.filter((verdict) => verdict.suggested).length;
  console.log(`${kind.padEnd(26)} ${right}/${verdicts.length} right, ${suggested}/${asked.length} suggested`);
  const shown = verdicts.filter(({ fault, suggested }) => fault || suggested === false);
  for (const { mutation, fault, found } of shown.slice(0, values.kind === '' ? 4 : 40)) {
    console.log(`  ${fault ?? 'no suggestion'}: ${mutation.path}: ${mutation.about}`);
    for (const { code, source, range, message, hint } of found.slice(0, 4))
      console.log(
        `      ${source.path}:${placeAt(source, range.start).line} ${code}: ${message} | ${(hint ?? '').slice(0, 80)}`,
      );
  }
}
const all = [...kinds.values()].flat();
const asked = all.filter(({ suggested }) => suggested !== undefined);
console.log(
  `${all.length} slips: ${all.filter(({ fault }) => !fault).length} found once at their place; ` +
    `${asked.filter(({ suggested }) => suggested).length} of ${asked.length} suggested`,
);
await content.close();
