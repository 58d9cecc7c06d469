import { iconNames, PACKAGE, readContent } from '../content.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createPages } from '../pages.ts';
import type { Segment } from '../pipeline/segments.ts';
import { compileContent, type RevisionContext } from '../revision.ts';
import { problemInTrial } from '../trial.ts';
import type { FilesToCheck } from './files-to-check.ts';

const nothing: Segment = () => '';

/** Draws the pages of the content on trial, as a server does before it shows them. Content with errors has no pages. */
export async function findInTrial(
  files: FilesToCheck,
  context: Omit<RevisionContext, 'icons'>,
): Promise<readonly Diagnostic[]> {
  const content = readContent([...(files.root === undefined ? [] : [files.root]), PACKAGE]);
  const templates = files.templates?.all ?? content.templates;
  const documents = { documents: files.content.documents };
  const revision = await compileContent(documents, { ...context, icons: iconNames(content) });
  if (revision.diagnostics.some(({ severity }) => severity === 'error')) return [];
  const pages = createPages(revision, { ...content, templates }, () => nothing);
  const problem = problemInTrial(pages, templates);
  return problem && (!files.only || files.only.has(problem.source.path)) ? [problem] : [];
}
