import type { FunctionDescription } from '../function.ts';
import type { Messages } from '../messages.ts';
import type { NamesByKind } from './xsd-types.ts';

/** What is registered, for a schema to offer: functions, icons, and the columns, fields and buttons of all lists together. */
export function namesByKind(
  functions: ReadonlyMap<string, FunctionDescription>,
  icons: Iterable<string>,
  messages: Messages,
): NamesByKind {
  const [language = 'en'] = messages.languages;
  const textOf = (group: string, ...keys: readonly string[]) =>
    keys.map((key) => messages.text(language, group, key)).find((text) => text !== undefined) ?? '';
  const columns = new Map<string, Set<string>>();
  const buttons = new Map<string, Set<string>>();
  for (const { name, provider } of functions.values()) {
    for (const column of provider?.columns ?? []) add(columns, column.name, `${name}: ${textOf(name, column.name)}`);
    for (const button of provider?.buttons ?? [])
      add(buttons, button.name, `${name}: ${textOf(name, `short_${button.name}`)}`);
  }
  return {
    function: sorted([...functions.keys()].map((name) => [name, textOf(name, 'title', 'menu')])),
    icon: sorted([...icons].map((name) => [name, ''])),
    column: joined(columns),
    field: joined(columns),
    button: joined(buttons),
  };
}

// In a definition that is still to be corrected, a name may be missing.
function add(known: Map<string, Set<string>>, name: string | undefined, text: string): void {
  if (name !== undefined) known.set(name, (known.get(name) ?? new Set()).add(text.replace(/: $/, '')));
}

function joined(known: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, string> {
  return sorted([...known].map(([name, texts]) => [name, [...texts].sort().join('; ')]));
}

function sorted(entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
