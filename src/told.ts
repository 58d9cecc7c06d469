import type { Database } from './database.ts';
import { formatsOf } from './formats.ts';
import type { Pages } from './pages.ts';
import type { Scope } from './provider.ts';
import { createFormKeys } from './store/index.ts';
import { wordsOf } from './words.ts';

const TOLD_FOR = 10 * 60_000;

/** What a form told this visitor when it was done, for ten minutes: the message of the function, by the key of the form. */
export type Told = (scope: Scope, key: string) => Promise<string | undefined>;

export function createTold(database: Database, pages: () => Pages): Told {
  const keys = createFormKeys(database);
  return async (scope, key) => {
    const known = await keys.find(scope.user, key);
    if (!known || scope.now.getTime() - Date.parse(known.created) > TOLD_FOR) return undefined;
    const formats = formatsOf(scope.language, scope.zone);
    return wordsOf(pages().revision.content.messages, known.func, formats).text(known.done, known.values);
  };
}
