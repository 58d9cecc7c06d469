/** Why a block is on somebody's home page, or is not: who placed it, what changed it, and which gate decided. For staff. */
import { type PlacedBlock, placed as placedBlocks } from './arrangement.ts';
import type { BoundBlock } from './block.ts';
import { CACHE } from './block-rows.ts';
import { type Place, placeAt, type Source } from './diagnostics/source.ts';
import { type Features, isPresent, NO_FEATURES } from './features.ts';
import { blocksOf, isDashboard } from './layout.ts';
import { levelTest } from './level.ts';
import type { Plan } from './plan.ts';
import { NO_PREFERENCE, type Preference } from './preference.ts';
import type { Revision } from './revision.ts';
import { attributeOf, elementsOf, type XmlElement } from './xml/node.ts';

export interface Fact {
  readonly says: string;
  /** Where that stands; missing for what stands in no file. */
  readonly at?: Place & { readonly path: string };
}

/** For whom. */
export interface Viewer {
  readonly level: number;
  readonly preference?: Preference | undefined;
}

export interface Why {
  readonly isShown: boolean;
  readonly facts: readonly Fact[];
}

/** Undefined when no layout of the level, with or without what its gates let through, has a block of that name. */
export function whyOf(
  revision: Revision,
  { level, preference = NO_PREFERENCE }: Viewer,
  name: string,
  features: Features = NO_FEATURES,
): Why | undefined {
  const { layouts, overlaid } = revision.content;
  const layout = layouts.get(level);
  if (!layout) return { isShown: false, facts: [{ says: `Level ${level} has no layout, and so no home page` }] };
  const block = blocksOf(layout).find((element) => attributeOf(element, 'name')?.value === name);
  if (!block) return undefined;
  const gates = gatesOf(block, { revision, level, features });
  const plan = revision.plans.get(level);
  const own = plan && placedBlocks(plan, preference).find((one) => one.block.name === name);
  const bound = own?.block;
  const isShown = own !== undefined && !own.isHidden;
  return {
    isShown,
    facts: [
      placed(block, overlaid.sources),
      ...changed(block, overlaid),
      ...gates,
      ...(own && plan ? chosen(own, plan) : []),
      verdict(isShown, gates.length > 0 || own !== undefined),
      ...(bound?.list || bound?.band ? [limitsOf(bound)] : []),
    ],
  };
}

/** The blocks of a level's layout, shown or not. */
export function blockNames(revision: Revision, level: number): string[] {
  const layout = revision.content.layouts.get(level);
  return layout ? blocksOf(layout).map((block) => attributeOf(block, 'name')?.value ?? '') : [];
}

/** What the visitor changed of it, and what is locked. */
function chosen({ block, position, isHidden, isFolded, variant }: PlacedBlock, plan: Plan): Fact[] {
  const usual = plan.blocks.find(({ name }) => name === block.name);
  const { locks } = block;
  return [
    ...(locks.length > 0 ? [{ says: `Locked for visitors: ${locks.join(', ')}` }] : []),
    ...(isHidden ? [{ says: 'The visitor hides it' }] : []),
    ...(isFolded ? [{ says: 'It is folded: its provider is not asked' }] : []),
    ...(usual && usual.position !== position ? [{ says: `The visitor moved it: ${position}` }] : []),
    ...(variant !== '' && !isFolded
      ? [{ says: 'The visitor chose its quick buttons or how often it is asked anew' }]
      : []),
  ];
}

function limitsOf({ timeout, cache = CACHE, stale }: BoundBlock): Fact {
  const old = stale > 0 ? `; rows up to ${stale} s old stand in when it fails` : '';
  return { says: `Its provider may take ${timeout} ms; rows are kept for ${cache} s${old}` };
}

function verdict(isShown: boolean, isGated: boolean): Fact {
  if (isShown) return { says: 'Nothing stops it: it is shown' };
  return { says: isGated ? 'So it is not shown' : 'It is not shown: it has nothing to show' };
}

function placed(block: XmlElement, overlays: ReadonlySet<Source>): Fact {
  const { source, nameRange } = block;
  const position = attributeOf(block, 'position')?.value ?? 'nowhere';
  const type = attributeOf(block, 'type')?.value ?? 'of no type';
  const how = overlays.has(source) ? 'Added by an overlay' : 'Placed by the layout';
  return { says: `${how}: ${type}, ${position}`, at: placeOf(source, nameRange.start) };
}

/** What overlays say of it, an attribute or an element at a time. */
function changed(block: XmlElement, { sources }: { readonly sources: ReadonlySet<Source> }): Fact[] {
  const isForeign = (source: Source) => source !== block.source && sources.has(source);
  const attributes = block.attributes.filter(({ source }) => isForeign(source));
  const children = elementsOf(block).filter(({ source }) => isForeign(source));
  return [
    ...attributes.map(({ name, value, source, nameRange }) => ({
      says: `An overlay sets ${name}="${value}"`,
      at: placeOf(source, nameRange.start),
    })),
    ...children.map((child) => ({
      says: `An overlay adds <${child.name}${named(child)}>`,
      at: placeOf(child.source, child.nameRange.start),
    })),
  ];
}

const named = (element: XmlElement) => {
  const name = attributeOf(element, 'name');
  return name ? ` name="${name.value}"` : '';
};

interface Asked {
  readonly revision: Revision;
  readonly level: number;
  readonly features: Features;
}

/** The gates that are shut, the outer ones first. */
function gatesOf(block: XmlElement, { revision, level, features }: Asked): Fact[] {
  const around = block.parent && isDashboard(block.parent) ? [block.parent, block] : [block];
  const facts: Fact[] = [];
  for (const element of around) {
    const feature = attributeOf(element, 'if');
    if (feature && !isPresent(element, features)) {
      facts.push({
        says: `The feature "${feature.value}" is not there`,
        at: placeOf(feature.source, feature.nameRange.start),
      });
    }
  }
  const own = attributeOf(block, 'level');
  if (own && !levelTest(own.value)(level)) {
    facts.push({
      says: `level="${own.value}" leaves level ${level} out`,
      at: placeOf(own.source, own.nameRange.start),
    });
  }
  const func = attributeOf(block, 'func')?.value;
  const found = func === undefined ? undefined : revision.functions.get(func);
  if (func !== undefined && !found) facts.push({ says: `There is no function "${func}", or its feature is not there` });
  if (found?.level(level) === false) {
    const definition = revision.content.definitions.get(found.name);
    const place = definition && placeOf(definition.source, definition.nameRange.start);
    facts.push({ says: `The function "${func}" is not for level ${level}`, ...(place && { at: place }) });
  }
  return facts;
}

function placeOf(source: Source, start: number): Fact['at'] {
  return { path: source.path, ...placeAt(source, start) };
}
