/** `dist/templates.js`, made by `templates.ts`: name of a template → the sum of its text, and what gives its functions. */
export const compiled: Readonly<Record<string, { readonly sum: number; make(): object }>>;
