import type { FormDefinition, FormDescription } from './form.ts';
import type { LevelTest } from './level.ts';
import type { Provider } from './provider.ts';
import type { Report } from './report.ts';

/** Whatever `func`, `form` or `list` may name. */
export interface FunctionDescription {
  readonly name: string;
  readonly type: 'list' | 'form' | 'report';
  readonly level: LevelTest;
  /** Icon before its title. */
  readonly icon?: string | undefined;
  /** Supplies the rows of a list. */
  readonly provider?: Provider;
  readonly form?: FormFunction;
  readonly report?: Report;
}

/** What a form shows and takes, and what acts; a form that nothing acts for is there for the family's sake and cannot be opened. */
export interface FormFunction {
  readonly description: FormDescription;
  readonly definition: FormDefinition | undefined;
}

/** The address of a function's page. */
export function addressOf(description: FunctionDescription): string {
  return `/${description.type}/${encodeURIComponent(description.name)}`;
}
