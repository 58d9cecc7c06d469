import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Named } from './scanner.ts';

/** What is to be said about a file of rules of the house. */
export interface HouseFindings {
  readonly problems: readonly Finding[];
  /** The elements and attributes that its rules name, with their places. */
  readonly named: readonly (Finding & NamedInRule)[];
}

/** A name that a part of a rule speaks of, with its place in that part. */
export interface NamedInRule extends Named {
  readonly kind: 'element' | 'attribute';
  readonly part: RulePart;
}

export type RulePart = 'select' | 'assert' | 'message' | 'hint';
