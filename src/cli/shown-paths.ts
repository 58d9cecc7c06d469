import { relative, sep } from 'node:path';
import type { ContentFile } from '../content.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';

/** The findings with the paths by which their user reaches the files: from the current folder, or from the root of the disk. */
export function withShownPaths(diagnostics: readonly Diagnostic[], files: readonly ContentFile[]): Diagnostic[] {
  const places = new Map(files.map(({ path, place }) => [path, place]));
  const sources = new Map<Source, Source>();
  const shown = (source: Source): Source => {
    let known = sources.get(source);
    if (!known)
      sources.set(source, (known = { path: shownPath(places.get(source.path), source.path), text: source.text }));
    return known;
  };
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    source: shown(diagnostic.source),
    ...(diagnostic.related && {
      related: diagnostic.related.map((one) => ({ ...one, source: shown(one.source) })),
    }),
  }));
}

/** A path as it is shown: from the current folder, unless that leads far away. */
export function shownPath(place: string | undefined, otherwise: string): string {
  if (place === undefined) return otherwise;
  const path = relative(process.cwd(), place);
  return (path.startsWith(`..${sep}..`) ? place : path).split(sep).join('/');
}
