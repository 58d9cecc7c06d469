/** Words by which a template may ask for rows; tags of these names and comments do not. */
const ASKING = /\b(?:rows|total)\b/;
const TAGS = /\{%-?\s*(?:end)?(?:rows|total)\s*-?%\}|\{#[\s\S]*?#\}/g;
const USE = /\{%-?\s*(?:include|import|from|extends)\b(?:\s+"([^"]+)")?/g;

/**
 * Whether a template certainly asks for no rows, told from its text alone: parsing costs a start its time. False when only
 * parsing can tell.
 */
export function isPlain(
  source: string,
  templates: ReadonlyMap<string, string>,
  isLive: (name: string) => boolean,
): boolean {
  if (ASKING.test(source.replace(TAGS, ''))) return false;
  return [...source.matchAll(USE)].every(([, name]) => name !== undefined && templates.has(name) && !isLive(name));
}
