/** Makes mutations and judges what the check says of them. */
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { MutatedContent } from './content.ts';
import { sitesOf } from './kinds.ts';
import type { Mutation, Site } from './mutation.ts';
import { createRandom, pick } from './slip.ts';

export interface Verdict {
  readonly mutation: Mutation;
  readonly found: readonly Diagnostic[];
  readonly fault?: 'not reported' | 'elsewhere' | 'more than once' | 'other code' | undefined;
  /** Whether the hint has the name that was meant; undefined when there is none to have. */
  readonly suggested: boolean | undefined;
}

/** `count` mutations: every kind as often as any other, as far as there are places for it. */
export function* mutationsOf(
  content: MutatedContent,
  { count, seed }: { count: number; seed: number },
): Generator<Mutation> {
  const random = createRandom(seed);
  const kinds = [...sitesOf(content)].map(([kind, sites]) => {
    const groups = new Map<string, Site[]>();
    for (const site of sites) groups.set(site.group, [...(groups.get(site.group) ?? []), site]);
    return [kind, [...groups.values()]] as const;
  });
  for (let made = 0; made < count; made++) {
    const [kind, groups] = kinds[made % kinds.length] ?? ['', []];
    // Not every slip is one: another letter may make another name that is known.
    for (let tries = 0; tries < 50; tries++) {
      const group = pick(groups, random);
      const mutation = pick(group ?? [], random)?.mutate(random);
      if (!mutation) continue;
      yield { kind, ...mutation };
      break;
    }
  }
}

export async function judge(content: MutatedContent, mutation: Mutation): Promise<Verdict> {
  const { path, text, expected } = mutation;
  const found = await content.findings(path, text);
  const meant = expected.meant;
  const at = found.filter(
    ({ source, range }) =>
      source.path === expected.path && range.start === expected.range.start && range.end === expected.range.end,
  );
  const suggested =
    meant === undefined ? undefined : at.some(({ hint }) => hint?.startsWith(`Did you mean "${meant}"?`));
  const fault =
    found.length === 0
      ? 'not reported'
      : found.length > 1
        ? 'more than once'
        : at.length === 0
          ? 'elsewhere'
          : expected.codes.includes(at[0]?.code ?? '')
            ? undefined
            : 'other code';
  return { mutation, found, fault, suggested };
}
