/** A name that is known nowhere, because the thing itself is named with a slip: that is reported there, once. */
import { nearest } from './diagnostics/suggest.ts';
import type { Text } from './needed-text.ts';
import type { CheckContext } from './rule.ts';

/** Whether texts know `name`, but of the declared names that are near to it one has no text at all. */
export function isSlipAtHome(
  name: string,
  declared: Iterable<string>,
  { context, text }: { context: CheckContext; text: (name: string) => Text },
): boolean {
  const { messages } = context.names ?? {};
  if (!messages) return false;
  const isTold = (one: string) => messages.languages.some((language) => messages.has(language, ...text(one)));
  if (!isTold(name)) return false;
  for (const one of declared) if (nearest(one, [name]) !== undefined && !isTold(one)) return true;
  return false;
}
