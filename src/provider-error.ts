/** The provider is left alone: it failed again and again, the last time with `cause`. */
export class PausedError extends Error {}

/** What a provider returned cannot be shown. */
export class GarbageError extends Error {}
