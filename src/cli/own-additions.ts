import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { billing } from '../billing/index.ts';
import type { Additions } from '../catalogue.ts';
import { readFeatures } from '../features.ts';
import { importModule } from './import-module.ts';
import { UsageError } from './usage-error.ts';

/** What the reference panel registers in code, and what the module at `path` adds to it, whose payment methods stand before `methods`; `features` are those of the setting. */
export async function ownAdditions(
  path: string | undefined,
  methods: Additions['methods'] = [],
  features = '',
): Promise<Additions> {
  const added = path === undefined ? {} : await load(path);
  return {
    ...added,
    providers: [...billing.providers, ...(added.providers ?? [])],
    forms: [...billing.forms, ...(added.forms ?? [])],
    features: [...readFeatures(features), ...(added.features ?? [])],
    methods: [
      ...(added.methods ?? []),
      ...methods.filter(({ name }) => !added.methods?.some((method) => method.name === name)),
    ],
  };
}

async function load(path: string): Promise<Additions> {
  try {
    const module = (await importModule(pathToFileURL(resolve(path)).href)) as { default?: Additions } & Additions;
    return module.default ?? module;
  } catch (error) {
    throw new UsageError(
      `LINTEL_CONFIG "${path}" cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
