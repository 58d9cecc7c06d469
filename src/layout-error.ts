import type { Diagnostic } from './diagnostics/diagnostic.ts';

/** The content on disk has errors and there is no earlier revision to stay with. */
export class LayoutError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(`The content has ${diagnostics.length} problems`);
    this.diagnostics = diagnostics;
  }
}
