import type { ContentFiles } from './content.ts';

/** The tones of icons, by name: `icons.json` says an icon as a name, or as a name with a tone. */
export function readTones(files: ContentFiles): Readonly<Record<string, string>> {
  const text = Buffer.from(files.assets.get('icons.json') ?? []).toString('utf8') || '{}';
  const icons = JSON.parse(text) as Record<string, string | { tone?: string }>;
  return Object.fromEntries(
    Object.entries(icons).flatMap(([name, icon]) => (typeof icon === 'object' && icon.tone ? [[name, icon.tone]] : [])),
  );
}
