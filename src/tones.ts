import type { ContentFiles } from './content.ts';

/** What `icons.json` says of an icon beside its drawing. */
export interface IconSign {
  readonly tone?: string;
  /** It points forward or back, and is mirrored where text runs from the right. */
  readonly points?: boolean;
}

/** The icons by name: `icons.json` says an icon as a name, or with what it means. */
export function readIcons(files: ContentFiles): Readonly<Record<string, IconSign>> {
  const text = Buffer.from(files.assets.get('icons.json') ?? []).toString('utf8') || '{}';
  const icons = JSON.parse(text) as Record<string, string | IconSign>;
  return Object.fromEntries(Object.entries(icons).map(([name, icon]) => [name, typeof icon === 'object' ? icon : {}]));
}
