/**
 * A control of a form: an element that shows or takes a value. A control kind reads what was typed, says what it must be
 * (a JSON schema, for ajv), and how a value stands in the control; what it looks like is `templates/controls/NAME.njk`.
 * It is registered in `controls/index.ts`.
 */
import type { LevelTest } from './level.ts';
import type { Column } from './provider.ts';

/** Text, a number, integer minor units, yes or no, several options; null and undefined are nothing. */
export type ControlValue = string | number | boolean | readonly string[] | null | undefined;
export type ControlValues = Readonly<Record<string, ControlValue>>;

/** A control as its definition describes it. */
export interface Control {
  readonly name: string;
  readonly element: 'input' | 'select' | 'textarea' | 'textdata' | 'list';
  readonly type: string | undefined;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  /** Whether a change of it is to be followed by the form being filled anew. */
  readonly refills: boolean;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly step: number | undefined;
  readonly check: string | undefined;
  /** The value that holds the currency of a money control. */
  readonly currency: string;
  /** Lines of a text area. */
  readonly rows: number | undefined;
  readonly autocomplete: string | undefined;
  /** Options that are always the same; undefined when `open` gives them. */
  readonly options: readonly string[] | undefined;
  readonly hides: readonly Hiding[];
  /** Columns of a list. */
  readonly columns: readonly Column[];
  readonly level: LevelTest;
  /** Whether it is there only with a row, or only without one. */
  readonly removedIf: 'new' | 'edit' | undefined;
}

/** Hides a field or page: while the control has the value, or (`undefined`) while none of its other hidings holds. */
export interface Hiding {
  readonly value: string | undefined;
  readonly target: string;
}

export interface ControlKind {
  readonly name: string;
  matches(control: Pick<Control, 'element' | 'type'>): boolean;
  /** Missing for a control that only shows. */
  readonly input?: {
    /** What was typed, as a value; text that cannot be one stays text, for the schema to refuse. Nothing is undefined. */
    read(texts: readonly string[], control: Control, currency: string): ControlValue;
    schema(control: Control): object;
  };
  /** A value as it stands in the control; `String` when it is missing. */
  write?(value: NonNullable<ControlValue>, control: Control, currency: string): string;
}

/** The last of the texts without spaces around it; undefined when there is nothing. */
export function typed(texts: readonly string[]): string | undefined {
  const text = texts.at(-1)?.trim();
  return text === '' ? undefined : text;
}
