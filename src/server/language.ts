import type { Context } from './context.ts';

/** The visitor's setting, then Accept-Language, then the first language there is. */
export function languageOf(ctx: Context, setting: string | undefined, languages: readonly string[]): string {
  if (setting !== undefined && languages.includes(setting)) return setting;
  const accepted = ctx.req.headers['accept-language'] === undefined ? false : ctx.acceptsLanguages([...languages]);
  return accepted || (languages[0] ?? 'en');
}
