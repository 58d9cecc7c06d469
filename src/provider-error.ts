/** The provider is left alone: it failed again and again, the last time with `cause`. */
export class PausedError extends Error {}

/** So many wait for the provider already that nobody else may. */
export class BusyError extends Error {}

/** What a provider returned cannot be shown. */
export class GarbageError extends Error {}
