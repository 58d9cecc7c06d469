import { PAGE_SIZE } from '../pipeline/list-page.ts';
import type { Scope } from '../provider.ts';
import type { User } from '../store/index.ts';

/** Who asks, of a user: the language of a request, its time and its session. */
export function scopeOf(
  { id, name, login, level, customer, zone, theme, rows }: User,
  asking: Pick<Scope, 'language' | 'now' | 'session'>,
): Scope {
  return { customer, user: id, name, login, level, zone, theme, rows: rows ?? PAGE_SIZE, ...asking };
}
