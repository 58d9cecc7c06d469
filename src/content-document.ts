/** A file of the content as the steps hand it on: what it includes stands in its place. */
import type { Finding } from './diagnostics/diagnostic.ts';
import type { Source } from './diagnostics/source.ts';
import type { XmlDocument } from './xml/read.ts';
import type { Stored } from './xml/stored.ts';

/** What a step before the check has found; the rule of that code reports it. */
export interface Problem extends Finding {
  readonly code: string;
}

/** A document and where it lies in the content folder, which may not be the path that people are shown. */
export interface PlacedDocument extends XmlDocument {
  readonly path: string;
  /** What the build has read of it: it is known to be right. */
  readonly stored?: Stored | undefined;
}

export interface ContentDocument extends Omit<PlacedDocument, 'problems'> {
  readonly problems: readonly Problem[];
  /** The files that it includes. */
  readonly parts: readonly Source[];
  /** It only stands in others: what it holds is checked there. */
  readonly isPart: boolean;
}

/** The manager and access level of a layout: `layouts/billmgr_dashboard_5.xml`. */
export function layoutOf(path: string): { readonly manager: string; readonly level: number } | undefined {
  const [, manager, level] = /([^/\\]+)_dashboard_(\d+)\.xml$/.exec(path) ?? [];
  return manager === undefined || isDeep(path) ? undefined : { manager, level: Number(level) };
}

/** The manager and name of an overlay: `layouts/billmgr_mod_shop.xml`. */
export function overlayOf(path: string): { readonly manager: string; readonly name: string } | undefined {
  const [, manager, name] = /([^/\\]+?)_mod_([^/\\]+)\.xml$/.exec(path) ?? [];
  return manager === undefined || name === undefined ? undefined : { manager, name };
}

/** Whether a path lies in a folder below `layouts/` or `data/`. */
export function isDeep(path: string): boolean {
  return /^(layouts|data)\/[^/]+\//.test(path);
}

/** Where a content folder keeps documents; undefined for a file that lies in none. */
export function folderOf(path: string): string | undefined {
  return /^(layouts|data)\//.exec(path)?.[1];
}
