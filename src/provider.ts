/**
 * A provider supplies the rows of a list. It is written as a definition in `data/*.xml` (a `<query>`) or in TypeScript
 * with `defineProvider`; both become the same `Provider`, and the engine alone decides who is asking (`Scope`).
 */
import type { StopSignal } from './deadline.ts';
import { includesCustomers, type LevelTest } from './level.ts';

export type Value = string | number | boolean | null;
/** The values of one row, in the order of the fields that were asked for. */
export type Row = readonly Value[];

/** Who is asking. Made by the server from the session, never from anything an author or a visitor writes. */
export interface Scope {
  readonly customer: number | null;
  readonly user: number;
  readonly name: string;
  readonly login: string;
  readonly level: number;
  readonly language: string;
  readonly zone: string;
  readonly theme: Theme;
  /** Rows on a page of a list. */
  readonly rows: number;
  readonly now: Date;
  /** Which of the user's sessions asks: the id of its row in the list `session`. */
  readonly session: string;
}

export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** An icon for a flag field that is on, for one value of a message column, or, with a `value`, for a field that equals it. */
export interface Prop {
  readonly name: string;
  readonly value?: string | undefined;
  readonly on: string | undefined;
  readonly off: string | undefined;
  readonly animated: boolean;
  /** Who gets it; everybody when it is missing. */
  readonly level?: LevelTest | undefined;
}

export interface Column {
  readonly name: string;
  /** The value of `col@type`; the column kind that has it among its types draws the cell. */
  readonly type: string;
  readonly sortable: boolean;
  readonly sorted: Sorted | undefined;
  readonly currency: string | undefined;
  readonly align: 'left' | 'center' | 'right' | undefined;
  readonly hidden: boolean;
  /** The fields of an indicator, and how it shows them. */
  readonly used?: string | undefined;
  readonly limit?: string | undefined;
  readonly view?: 'brackets' | undefined;
  /** In pixels. */
  readonly width?: number | undefined;
  /** Undefined leaves it to the column kind. */
  readonly wrap?: boolean | undefined;
  /** What its footer says of all rows. */
  readonly total?: 'count' | 'sum' | undefined;
  /** Whether it leads where a click on the row leads. */
  readonly isLink?: boolean | undefined;
  readonly level: LevelTest;
  readonly props: readonly Prop[];
}

export interface Sorted {
  readonly rank: number;
  readonly descending: boolean;
}

/** When a button is offered for a row: not if any `hide` matches; with `show`, only if one of them matches. */
export interface Condition {
  readonly kind: 'hide' | 'show';
  readonly field: string;
  readonly value: string;
  readonly level: LevelTest;
}

export interface Button {
  readonly name: string;
  readonly type: string | undefined;
  readonly func: string | undefined;
  readonly icon: string | undefined;
  readonly isDefault: boolean;
  readonly level: LevelTest;
  readonly conditions: readonly Condition[];
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** What a plan asks of a provider, settled once: the fields of each row, in order, and how rows are sorted. */
export interface RowQuery {
  readonly fields: readonly string[];
  readonly sort: readonly Sort[];
  readonly filter?: Filter | undefined;
  /** What is added up of all wanted rows, beside those of the window. */
  readonly totals?: Totals | undefined;
}

/** Columns to add up, apart for each combination of the fields `by`; a count is of the rows that have a value. */
export interface Totals {
  readonly by: readonly string[];
  readonly sums: readonly string[];
  readonly counts: readonly string[];
}

/** The columns that rows are filtered by; what these must hold comes with each question. */
export interface Filter {
  /** One of these, or of `coded`, must contain what is to be found. */
  readonly texts: readonly string[];
  /** Their values stand for texts; so they are found by the values whose text contains it. */
  readonly coded: readonly string[];
  /** Each of these must hold its value. */
  readonly states: readonly string[];
}

/** What the columns of a filter must hold. */
export interface Sought {
  readonly find: string;
  readonly coded: Readonly<Record<string, readonly string[]>>;
  readonly states: Readonly<Record<string, string>>;
}

/** Which of the sorted rows; without a limit, all. */
export interface Window {
  readonly limit: number | undefined;
  readonly offset: number;
  /** What the filter of the query must hold; it needs one when it has a filter. */
  readonly sought?: Sought | undefined;
  /** Nothing is added up, whatever the query says. */
  readonly rowsOnly?: boolean;
  /** The parameters of a report, as the visitor gave them. */
  readonly given?: Given | undefined;
}

/** Values by the names of parameters. */
export type Given = Readonly<Record<string, Value>>;

export interface Rows {
  readonly rows: readonly Row[];
  /** How many rows there are without the window; a database counts no further than one more than `COUNTED`. */
  readonly total: number;
  /** The totals of the query: the fields they are apart by, sums, counts. */
  readonly totals?: readonly Row[] | undefined;
}

/** Rows up to which a list is counted: to count ten thousand takes three times as long as to show a page of them. */
export const COUNTED = 1000;

export type RowSource = (scope: Scope, window: Window, signal: StopSignal | undefined) => Promise<Rows>;

export interface Provider {
  readonly name: string;
  readonly level: LevelTest;
  readonly key: string;
  readonly keyname: string;
  /** The field every row of a customer must own by; undefined for a list that no customer may call. */
  readonly owner: string | undefined;
  readonly columns: readonly Column[];
  readonly buttons: readonly Button[];
  /** Seconds for which rows may be kept; undefined leaves it to the block. */
  readonly cache: number | undefined;
  /** Changes when what `prepare` would run changes: rows that are kept are known by it. */
  readonly identity: string;
  /** Every field a row can have; undefined when that is not known, as without a database. */
  readonly fields: readonly string[] | undefined;
  /** Whether nothing supplies rows: it is described, and that is all. */
  readonly isEmpty?: boolean;
  /** Made once per plan; the returned source is called per request. */
  prepare(query: RowQuery): RowSource;
}

/** A provider in TypeScript. `rows` gets a `read` that is bound to the scope: `:customer`, `:user`, `:level`, `:language`, `:today` and `:now` are filled in by the engine. */
export interface ProviderDefinition<R extends Readonly<Record<string, Value>> = Readonly<Record<string, Value>>> {
  readonly name: string;
  readonly level?: string;
  readonly key: string & keyof R;
  readonly keyname?: string & keyof R;
  readonly owner?: string & keyof R;
  readonly cache?: number;
  readonly columns: readonly ColumnDefinition[];
  readonly buttons?: readonly ButtonDefinition[];
  /** A few rows as `rows` gives them, for previews and for the contract test. */
  readonly sample: readonly R[];
  /** All rows of the scope; the engine sorts, counts and cuts them. */
  rows(scope: Scope, source: RowsSource): Promise<readonly R[]>;
}

/** What a provider in TypeScript reads from; in a report it is given the parameters of that, which `read` takes as well. */
export interface RowsSource {
  readonly read: Read;
  readonly signal: AbortSignal | undefined;
  readonly given: Given;
}

/** One SELECT on the store, bound to the scope. */
export type Read = (select: string) => Promise<readonly Readonly<Record<string, Value>>[]>;

export interface ColumnDefinition extends Partial<Omit<Column, 'sorted' | 'level' | 'props'>> {
  readonly name: string;
  readonly sorted?: 'asc' | 'desc';
  readonly level?: string;
  readonly props?: readonly (Partial<Prop> & { readonly name: string })[];
}

export interface ButtonDefinition extends Partial<Omit<Button, 'level' | 'conditions'>> {
  readonly name: string;
  readonly level?: string;
  readonly conditions?: readonly (Omit<Condition, 'level'> & { readonly level?: string })[];
}

/** The field by which the engine knows whose a row is, for every list that customers may call. */
export function ownerField(owner: string | undefined, level: LevelTest): string | undefined {
  return owner ?? (includesCustomers(level) ? OWNER : undefined);
}

const OWNER = 'customer_id';

/** Types the literal of a provider; nothing else. */
export function defineProvider<R extends Readonly<Record<string, Value>>>(
  definition: ProviderDefinition<R>,
): ProviderDefinition {
  return definition as unknown as ProviderDefinition;
}
