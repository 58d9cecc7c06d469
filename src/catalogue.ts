import type { BlockKind } from './block.ts';
import * as blocks from './blocks/index.ts';
import type { ColumnKind } from './column.ts';
import * as columns from './columns/index.ts';
import type { ControlKind } from './control.ts';
import * as controls from './controls/index.ts';
import type { ElementContract } from './element.ts';
import * as elements from './elements/index.ts';
import type { Features } from './features.ts';
import type { FormDefinition } from './form.ts';
import type { PaymentMethod } from './payment.ts';
import type { ProviderDefinition } from './provider.ts';
import type { Rule } from './rule.ts';
import * as rules from './rules/index.ts';

/** Everything that is registered, by name. */
export interface Catalogue {
  readonly elements: ReadonlyMap<string, ElementContract>;
  readonly blocks: readonly BlockKind[];
  readonly columns: readonly ColumnKind[];
  readonly controls: readonly ControlKind[];
  readonly rules: readonly Rule[];
  readonly providers: readonly ProviderDefinition[];
  readonly forms: readonly FormDefinition[];
  readonly methods: readonly PaymentMethod[];
  readonly features: Features;
}

export interface Additions {
  readonly blocks?: readonly BlockKind[];
  readonly columns?: readonly ColumnKind[];
  readonly controls?: readonly ControlKind[];
  readonly rules?: readonly Rule[];
  readonly providers?: readonly ProviderDefinition[];
  readonly forms?: readonly FormDefinition[];
  readonly methods?: readonly PaymentMethod[];
  /** Features that there are, beside those of the setting LINTEL_FEATURES. */
  readonly features?: readonly string[];
}

/** Lintel's own blocks, columns and rules, and what a host application adds. A name twice is refused. */
export function createCatalogue(additions: Additions = {}): Catalogue {
  const allRules = unique('rule', 'code', [...Object.values(rules), ...(additions.rules ?? [])]);
  return {
    elements: new Map(unique('element', 'name', Object.values(elements)).map((element) => [element.name, element])),
    blocks: unique('block kind', 'name', [...Object.values(blocks), ...(additions.blocks ?? [])]),
    columns: unique('column kind', 'name', [...Object.values(columns), ...(additions.columns ?? [])]),
    controls: unique('control kind', 'name', [...Object.values(controls), ...(additions.controls ?? [])]),
    rules: allRules,
    providers: unique('provider', 'name', additions.providers ?? []),
    forms: unique('form', 'name', additions.forms ?? []),
    methods: unique('payment method', 'name', additions.methods ?? []),
    features: new Set(additions.features),
  };
}

function unique<K extends string, T extends Readonly<Record<K, string>>>(
  what: string,
  key: K,
  things: readonly T[],
): readonly T[] {
  const names = new Set<string>();
  for (const thing of things) {
    if (names.has(thing[key])) throw new Error(`The ${what} "${thing[key]}" is registered twice`);
    names.add(thing[key]);
  }
  return things;
}
