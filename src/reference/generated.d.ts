import type { SchemaError } from '../pipeline/check.ts';

/** `dist/validators.js`, made by `validators.ts`: name of a contract → (values) → what its schema says against them. */
export const validators: Readonly<Record<string, (values: unknown) => readonly SchemaError[]>>;
