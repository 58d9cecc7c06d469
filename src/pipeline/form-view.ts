/** What the template of a form page sees. `templates/README.md` lists it. */
import type { ControlValue, ControlValues } from '../control.ts';
import type { FormOption, FormState, Lead, MessageValues, Refused } from '../form.ts';
import type { Words } from '../words.ts';
import type { BoundButton, BoundField, BoundForm } from './form-bind.ts';
import type { BoundControl, Fault } from './form-check.ts';
import { optionsOf } from './form-values.ts';
import type { Texts } from './view.ts';

/** A form as it stands, to be drawn. */
export interface StandingForm {
  readonly func: string;
  readonly form: BoundForm;
  readonly state: FormState;
  readonly values: ControlValues;
  readonly asked: ReadonlySet<string>;
  readonly faults: readonly (Fault | RefusedValue)[];
}

/** What `submit` says against a value: a message of the function. */
export interface RefusedValue {
  readonly name: string;
  readonly key: string;
  readonly values: MessageValues;
}

export function refusals({ refused }: Refused): readonly RefusedValue[] {
  return Object.entries(refused).map(([name, message]) =>
    typeof message === 'string' ? { name, key: message, values: {} } : { name, ...message },
  );
}

export interface DrawnForm extends StandingForm {
  readonly words: Words;
  readonly sheet: FormSheet;
}

/** What a form brings along unseen, to be sent back with it. */
export interface FormSheet {
  readonly elids: readonly string[];
  readonly back: string;
  /** The address at which the form is opened, and stands at what was chosen. */
  readonly here: string;
  readonly key: string;
  readonly version: string;
  readonly seen: string;
  /** Message of every page about what became of the last try. */
  readonly told: string;
}

export interface ControlView extends Omit<BoundControl, 'kind' | 'options'> {
  readonly kind: string;
  readonly id: string;
  readonly text: string;
  readonly label: string;
  readonly options: readonly (Required<FormOption> & { readonly id: string; readonly isChosen: boolean })[];
  /** The same options under their headings. */
  readonly groups: readonly { readonly title: string; readonly options: ControlView['options'] }[];
  /** Ids of the hint and the error, for `aria-describedby`. */
  readonly describedBy: string;
  readonly isWrong: boolean;
  readonly isFirstWrong: boolean;
  /** The unit of one in a number input: `0.01` for a currency with two digits. */
  readonly unit: string;
  readonly currencyCode: string;
  readonly least: string;
  readonly most: string;
}

/** Texts come from the function's messages, and from those of every page. */
export function viewForm(standing: DrawnForm, texts: Texts, words: Words) {
  const { func, form, state, asked, faults, sheet } = standing;
  const own = (key: string) => texts(func, key);
  const common = (key: string) => texts('page', key) ?? key;
  const labels = labelsOf(form, own);
  const told = faults.map((fault) => ({
    name: fault.name,
    label: labels.get(fault.name) ?? '',
    text: 'key' in fault ? words.text(fault.key, fault.values) : tell(fault, standing, common, words),
    id: labels.has(fault.name) ? idOf(fault.name) : '',
  }));
  const viewField = (field: BoundField) => {
    const error = told.find(({ name }) => field.controls.some((control) => control.name === name));
    const hint = own(`hint_${field.name}`) ?? '';
    const label = own(field.name) ?? field.name;
    const describedBy = [hint && `hint-${field.name}`, error && `error-${field.name}`].filter(Boolean).join(' ');
    const isFirstWrong = error !== undefined && error === told.find(({ id }) => id !== '');
    const controls = field.controls.map((control) =>
      viewControl(control, standing, { own, label, describedBy, isWrong: error !== undefined, isFirstWrong }),
    );
    return {
      ...field,
      label,
      hint,
      error: error?.text ?? '',
      isRequired: controls.some(({ isRequired }) => isRequired),
      isGroup: controls.some(({ kind }) => kind === 'radio' || kind === 'multiple'),
      isHidden: controls.every(({ kind }) => kind === 'hidden'),
      controls,
    };
  };
  const { unavailable = [] } = state;
  const isAvailable = ({ name, type }: { name: string; type: string }) =>
    unavailable === true ? type !== 'ok' : !unavailable.includes(name);
  return {
    ...sheet,
    told: sheet.told === 'form_changed' && state.changed ? words.text(state.changed) : sheet.told && common(sheet.told),
    title: state.title ?? own('title') ?? func,
    names: state.names ?? [],
    about: state.names?.length && own('about') ? words.text('about', { count: state.names.length }) : '',
    notice: state.notice && {
      text: words.text(state.notice.key, state.notice.values),
      tone: state.notice.tone ?? 'warn',
    },
    errors: told,
    pages: form.pages
      .map((page) => ({ ...page, fields: page.fields.filter(({ name }) => asked.has(name)).map(viewField) }))
      .filter(({ fields }) => fields.length > 0)
      .map((page) => ({
        ...page,
        title: page.name === undefined ? '' : (own(page.name) ?? ''),
        isOpen: page.fields.some(({ error }) => error !== ''),
      })),
    buttons: form.buttons.filter(isAvailable).map((button) => ({
      ...button,
      title: own(`button_${button.name}`) ?? common(button.name),
      address: leadOf(button, standing),
    })),
    refills: form.controls.some(({ refills }) => refills),
  };
}

export type FormView = ReturnType<typeof viewForm>;

function leadOf({ name, func, list }: BoundButton, { state, sheet }: DrawnForm): string {
  if (list !== undefined) return list;
  if (func === undefined) return '';
  return formAddress({ elids: sheet.elids, ...state.leads?.[name], form: func }, sheet.here);
}

/** The address of a form that leads back to a page. */
export function formAddress({ form, elids = [], values = {} }: Lead, back: string): string {
  const params = new URLSearchParams(elids.map((elid) => ['elid', String(elid)] as [string, string]));
  for (const [name, value] of Object.entries(values)) params.set(name, value);
  params.set('back', back);
  return `/form/${encodeURIComponent(form)}?${params.toString()}`;
}

const idOf = (name: string) => `f-${name}`;

function labelsOf({ pages }: BoundForm, own: (key: string) => string | undefined): ReadonlyMap<string, string> {
  const fields = pages.flatMap((page) => page.fields);
  return new Map(
    fields.flatMap((field) => field.controls.map(({ name }) => [name, own(field.name) ?? field.name] as const)),
  );
}

interface FieldContext {
  readonly own: (key: string) => string | undefined;
  readonly label: string;
  readonly describedBy: string;
  readonly isWrong: boolean;
  readonly isFirstWrong: boolean;
}

function viewControl(control: BoundControl, { state, values }: StandingForm, context: FieldContext): ControlView {
  const { own, ...view } = context;
  const { name, kind, min, max } = control;
  const currency = String(values[control.currency] ?? '');
  const written = (value: ControlValue) =>
    value === undefined || value === null ? '' : (kind.write?.(value, control, currency) ?? String(value));
  const chosen = [values[name] ?? []].flat().map(String);
  const options = (optionsOf(control, state) ?? []).map((option) => ({
    isDisabled: false,
    group: '',
    ...option,
    hint: option.hint ?? own(`hint_${name}_${option.key}`) ?? '',
    text: option.text ?? own(`${name}_${option.key}`) ?? option.key,
    id: `${idOf(name)}-${option.key}`,
    isChosen: chosen.includes(option.key),
  }));
  return {
    ...control,
    ...view,
    kind: kind.name,
    id: idOf(name),
    text: written(values[name]),
    unit: control.type === 'money' ? written(1) : String(control.step ?? 1),
    least: written(min),
    most: written(max),
    currencyCode: control.type === 'money' ? currency : '',
    options,
    groups: [...new Set(options.map(({ group }) => group))].map((title) => ({
      title,
      options: options.filter(({ group }) => group === title),
    })),
  };
}

/** Messages for the keywords of a schema. */
const TOLD: Readonly<Record<string, string>> = {
  required: 'field_required',
  const: 'field_required',
  minItems: 'field_required',
  additionalProperties: 'field_unknown',
  enum: 'field_choice',
  maxItems: 'field_choice',
  maxLength: 'field_too_long',
  minLength: 'field_too_short',
  minimum: 'field_too_small',
  maximum: 'field_too_large',
  multipleOf: 'field_step',
  pattern: 'field_characters',
};

function tell(
  { name, keyword, limit, format }: Fault,
  { form, values }: StandingForm,
  common: (key: string) => string,
  words: Words,
): string {
  const control = form.controls.find((one) => one.name === name);
  const currency = String(values[control?.currency ?? ''] ?? '');
  const shown = limit === undefined ? '' : control?.type === 'money' ? words.money(limit, currency) : limit;
  const key =
    keyword === 'format' ? `field_format_${format}` : (TOLD[keyword] ?? `field_type_${control?.kind.name ?? 'text'}`);
  return words.fill(common(key), { limit: shown, name, ...(typeof shown === 'number' && { count: shown }) });
}
