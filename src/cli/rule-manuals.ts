import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from '../content.ts';
import type { RuleManual } from '../reference/examples.ts';
import type { Rule } from '../rule.ts';

type Told = Pick<Rule, 'code' | 'severity' | 'about'>;

/** What is known of each rule: the manual that the build has made of its fixtures, or what the rule says itself. */
export function ruleManuals(rules: readonly Told[]): readonly RuleManual[] {
  const stored = JSON.parse(readFileSync(join(PACKAGE, 'dist', 'rules.json'), 'utf8')) as RuleManual[];
  const known = new Map(stored.map((manual) => [manual.code, manual]));
  return rules
    .map(({ code, severity, about }) => known.get(code) ?? { code, severity, about, bad: undefined, good: undefined })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
