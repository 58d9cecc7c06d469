/**
 * A form is described in `data/*.xml` (`metadata type="form"`) and acts in TypeScript: `open` says what it shows, `submit`
 * does what it is for. The engine does the rest: rights, reading and checking what was typed, one transaction, and that
 * nothing happens twice.
 */
import type { Control, ControlValues } from './control.ts';
import type { Knex, Value, Values } from './database.ts';
import type { LevelTest } from './level.ts';
import type { PaymentMethod } from './payment.ts';
import type { Scope } from './provider.ts';
import type { Words } from './words.ts';

export interface FormDefinition {
  /** The function: the name of its `metadata`. */
  readonly name: string;
  /**
   * What the form shows for what was typed so far: at first, after each change of a control with `setvalues`, and once more
   * in the transaction of `submit`. It only reads. Undefined when there is no such thing for this visitor.
   */
  open(scope: Scope, call: FormCall): Promise<FormState | undefined>;
  /**
   * What takes its time and writes nothing, as to check a password: done once before `submit`, for a form that is right so
   * far, while nothing is locked. What it gives is there in `submit`; what it refuses is refused.
   */
  prepare?(scope: Scope, call: FormPreparation): Promise<Prepared | Refused>;
  /**
   * Does it. All it writes, and the answer itself, is one transaction, so it may be run again from its beginning; on
   * PostgreSQL the transaction is serializable, on SQLite it is alone.
   */
  submit(scope: Scope, call: FormSubmission): Promise<Submitted>;
}

/** Types the literal of a form; nothing else. */
export function defineForm(definition: FormDefinition): FormDefinition {
  return definition;
}

export interface FormCall {
  /** The keys of the rows it is about, as the address gives them: they may be anybody's, or nobody's. */
  readonly elids: readonly string[];
  /** The same as whole numbers; what is none is -1, which no row has. */
  readonly ids: readonly number[];
  /** What was typed or chosen so far, by control. */
  readonly values: ControlValues;
  readonly words: Words;
  readonly panel: PanelOffer;
  readonly now: Date;
  /** The payment methods that are registered. */
  readonly methods: readonly PaymentMethod[];
  /**
   * One SELECT. The parameters of the scope (`:customer`, `:user`, `:level`, `:language`, `:today`, `:now`) are filled in,
   * others come from `values`, where a list makes `in (:ids)`.
   */
  read(select: string, values?: ReadValues): Promise<readonly Record<string, Value>[]>;
}

export type ReadValues = Readonly<Record<string, Value | readonly Value[]>>;

/** What there is to choose for the visitor. */
export interface PanelOffer {
  readonly languages: readonly FormOption[];
  /** The pages to begin with. */
  readonly starts: readonly FormOption[];
}

export interface FormPreparation extends FormCall {
  /** Counts a try at a secret; gives the minutes to wait, once the visitor has had too many. */
  countTry(): Promise<number | undefined>;
  /** The try was right: none counts any more. */
  forgiveTries(): Promise<void>;
}

export interface Prepared {
  readonly prepared: Readonly<Record<string, string>>;
}

export interface FormSubmission extends FormCall, Prepared {
  /** The button that was pressed. */
  readonly button: string;
  /** Where the visitor came from: a path of this site. */
  readonly back: string;
  readonly trx: Knex.Transaction;
}

export interface FormState {
  /** The values it begins with; what was typed wins over them, but for what `replaced` says. */
  readonly values?: ControlValues;
  /** Values that win over what was typed. */
  readonly replaced?: ControlValues;
  /** The options of each select that has none of its own. */
  readonly options?: Readonly<Record<string, readonly FormOption[]>>;
  /** Rows of its list, by column. */
  readonly rows?: readonly Values[];
  /** What the form is about, in the visitor's words: named under the heading, and all of it. */
  readonly names?: readonly string[];
  /** The heading instead of the message `title`. */
  readonly title?: string;
  /** A message of the function, shown above the fields. */
  readonly notice?: { readonly key: string; readonly values?: MessageValues; readonly tone?: 'warn' | 'error' | 'ok' };
  /** Fields that are not asked now. */
  readonly without?: readonly string[];
  /** Buttons that are not offered now; `true` is every button that acts. */
  readonly unavailable?: readonly string[] | true;
  /** What a button that opens another form takes along, by its name; the rows of this form, when it is missing. */
  readonly leads?: Readonly<Record<string, Omit<Lead, 'form'>>>;
  /** Where this is done instead: the form is not shown. */
  readonly to?: Lead;
  /** Changes when what the form was opened on changes: then nothing is done, and the form says so. */
  readonly version?: string | number;
  /** The message of the function that says what that is; that of every page when it is missing. */
  readonly changed?: string;
  /**
   * What follows from somebody having looked at the page, as a mark that is taken away; missing when nothing does. Called
   * after the page is made, when a person opens it: not for one that is fetched ahead, filled anew or sent.
   */
  opened?(trx: Knex.Transaction): Promise<void>;
}

/** Another form that leads back to where this one would: the rows it is about, and texts for its controls, as if they were typed. */
export interface Lead {
  readonly form: string;
  readonly elids?: readonly (string | number)[];
  readonly values?: Readonly<Record<string, string>>;
}

export interface FormOption {
  readonly key: string;
  /** The message `<select>_<key>` when it is missing. */
  readonly text?: string;
  /** A second line; the message `hint_<select>_<key>` when it is missing. */
  readonly hint?: string;
  readonly isDisabled?: boolean;
  /** The heading under which it stands. */
  readonly group?: string;
}

export type MessageValues = Readonly<Record<string, string | number>>;

export type Submitted = Done | Refused;

export interface Done {
  /** Message of the function that tells the visitor what happened. */
  readonly done: string;
  readonly values?: MessageValues;
  /** Where to go on to, instead of back to where the visitor came from: a path of this site, or a form that leads back there. */
  readonly to?: string | Lead;
  /** Customers whose rows it changed, beside the visitor's own. */
  readonly customers?: readonly number[];
  /** The visitor goes on in a new session: whoever else knew this one is out. */
  readonly renewsSession?: boolean;
}

export interface Refused {
  /** Control → message of the function; the name `''` is the whole form. Nothing that was written stays. */
  readonly refused: Readonly<Record<string, string | { readonly key: string; readonly values: MessageValues }>>;
}

/** A form as its definition describes it. */
export interface FormDescription {
  readonly pages: readonly FormPage[];
  readonly buttons: readonly FormButton[];
}

/** When a part is there: always, or only with, or without, a row. */
export interface FormPart {
  readonly level: LevelTest;
  readonly removedIf: 'new' | 'edit' | undefined;
}

export interface FormPage extends FormPart {
  /** Undefined for the fields that stand outside of pages. */
  readonly name: string | undefined;
  readonly isCollapsed: boolean;
  readonly fields: readonly FormField[];
}

export interface FormField extends FormPart {
  readonly name: string;
  readonly isLabelHidden: boolean;
  readonly isWide: boolean;
  readonly controls: readonly Control[];
}

export interface FormButton {
  readonly name: string;
  readonly type: 'ok' | 'cancel' | 'func';
  readonly func: string | undefined;
  readonly isDangerous: boolean;
  /** Whether it acts without what is required. */
  readonly isPartial: boolean;
  readonly level: LevelTest;
}
