/** `lintel import`: files of the family become content of ours, and what of them does not carry over is told. */
import type { ContentFile } from '../content.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/diagnostic.ts';
import { compileContent } from '../revision.ts';
import { readXml } from '../xml/read.ts';
import { compareCopies } from './copies.ts';
import { elementsIn, type ImportContext, type Imported, type Target, type Tell, valueIn } from './imported.ts';
import { tellNames } from './names.ts';
import { prune } from './prune.ts';
import { addQueries, newDefinitions } from './skeletons.ts';
import { sortFiles } from './sort-files.ts';
import { cutStrangers } from './strangers.ts';
import { carryTexts } from './texts.ts';
import { cutIncludes, cutScripts, unwrap } from './unwrap.ts';

export type { ImportContext, Imported, Target };

export async function importFamily(files: readonly ContentFile[], context: ImportContext): Promise<Imported> {
  const diagnostics: Diagnostic[] = [];
  const tell: Tell = (place, said) => void diagnostics.push({ ...said, ...place });
  const documents = files.map(({ path, bytes }) => readXml(path, bytes, context.limits));
  const { targets, copies } = sortFiles(documents, context, tell);
  for (const target of targets) {
    unwrap(target, context);
    cutScripts(target, context, tell);
    cutIncludes(target, { ...context, targets }, tell);
  }
  const ours = await ownFunctions(context);
  cutStrangers(targets, ours, context, tell);
  addQueries(targets, ours, context, tell);
  const pruned = await prune(targets, context, tell);
  compareCopies(copies, pruned, context, tell);
  const described = functionsIn(pruned, ours, context);
  const more = newDefinitions(pruned, described, context, tell);
  carryTexts(pruned, functionsIn(more, described, context), context, tell);
  const named = await prune([...pruned, ...more], context, tell);
  await tellNames(named, context, tell);
  const kept = await prune(named, context, tell);
  return {
    targets: kept.filter((target) => elementsIn(target, context).length > 1).sort(byPath),
    diagnostics: sortDiagnostics(diagnostics),
  };
}

/** The functions that Lintel has before anything is imported. */
async function ownFunctions({ catalogue, documents, icons }: ImportContext): Promise<ReadonlySet<string>> {
  const context = { catalogue, manager: '', icons, database: undefined, structureOnly: true };
  return new Set((await compileContent({ documents }, context)).functions.keys());
}

/** The functions that targets describe, and those known before. */
function functionsIn(targets: readonly Target[], known: ReadonlySet<string>, context: ImportContext): Set<string> {
  const described = targets
    .flatMap((target) => elementsIn(target, context))
    .filter(({ name }) => name === 'metadata')
    .map((metadata) => valueIn(metadata, 'name'));
  return new Set([...known, ...described]);
}

const byPath = (a: Target, b: Target) => (a.path < b.path ? -1 : 1);
