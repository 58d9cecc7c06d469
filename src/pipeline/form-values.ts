/** What was typed into a form: read from the texts a browser sends, joined with what the form begins with, and what of it is asked. */
import type { ControlValue, ControlValues } from '../control.ts';
import type { FormOption, FormState } from '../form.ts';
import type { BoundForm } from './form-bind.ts';
import type { BoundControl, Fault, FormCheck } from './form-check.ts';

/** Names that belong to the form itself. */
export const OWN_NAMES = {
  elid: 'elid',
  back: 'back',
  key: 'form_key',
  version: 'form_version',
  seen: 'form_seen',
  refill: 'sv_field',
  button: 'clicked_button',
  done: 'done',
} as const;

const OWN = new Set<string>(Object.values(OWN_NAMES));

/** Whether a control takes what is typed, and does not only show. */
export function isTaken({ kind, isReadOnly }: BoundControl): boolean {
  return kind.input !== undefined && !isReadOnly;
}

export interface TypedValues {
  readonly values: ControlValues;
  /** Names that are no control of the form. */
  readonly unknown: readonly string[];
}

/** What was left empty is undefined, and what was not asked is not there; when the form is whole, a box without its mark was left empty. */
export function readTyped(form: BoundForm, sent: URLSearchParams, isWhole: boolean): TypedValues {
  const taken = form.controls.filter(isTaken);
  const values = taken
    .filter(({ name, type }) => sent.has(name) || (isWhole && (type === 'checkbox' || type === 'multiple')))
    .map((control) => {
      const currency = sent.get(control.currency) ?? '';
      return [control.name, control.kind.input?.read(sent.getAll(control.name), control, currency)] as const;
    });
  const names = new Set(form.controls.map(({ name }) => name));
  return {
    values: Object.fromEntries(values),
    unknown: [...new Set(sent.keys())].filter((name) => !OWN.has(name) && !names.has(name)),
  };
}

/** Amounts are read in the currency that the form has now. */
export function readAmounts(form: BoundForm, sent: URLSearchParams, typed: ControlValues, state: FormState) {
  const amounts = form.controls.filter(({ type, isReadOnly }) => type === 'money' && !isReadOnly);
  const values = amounts.map((control) => {
    const currency = String({ ...state.values, ...typed, ...state.replaced }[control.currency] ?? '');
    return [control.name, control.kind.input?.read(sent.getAll(control.name), control, currency)] as const;
  });
  return { ...typed, ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) };
}

export function optionsOf(control: BoundControl, state: FormState): readonly FormOption[] | undefined {
  if (control.element !== 'select') return undefined;
  return control.options?.map((key) => ({ key })) ?? state.options?.[control.name] ?? [];
}

/** The values a form stands at: what was typed wins, unless it is no option any more. A choice of one is made. */
export function valuesOf(form: BoundForm, typed: ControlValues, state: FormState): ControlValues {
  const joined: Record<string, ControlValue> = { ...state.values, ...typed, ...state.replaced };
  for (const control of form.controls) {
    const options = optionsOf(control, state)?.filter(({ isDisabled }) => !isDisabled);
    if (!options) continue;
    const chosen = [joined[control.name] ?? []].flat().map(String);
    const offered = chosen.filter((one) => options.some(({ key }) => key === one));
    const first = control.isRequired && options.length === 1 ? options[0]?.key : undefined;
    const begun = [state.values?.[control.name] ?? first ?? []].flat().map(String);
    const kept = offered.length > 0 || control.type === 'multiple' ? offered : begun;
    joined[control.name] = control.type === 'multiple' ? kept : kept[0];
  }
  return joined;
}

/** The fields that are asked while the form stands at these values. */
export function askedFields(form: BoundForm, values: ControlValues, state: FormState): ReadonlySet<string> {
  const hidden = new Set(state.without ?? []);
  for (const { name, hides } of form.controls) {
    const matches = (wanted: string) => [values[name] ?? ''].flat().map(plain).includes(wanted);
    const holding = hides.filter(({ value }) => value !== undefined && matches(value));
    const others = holding.length === 0 ? hides.filter(({ value }) => value === undefined) : [];
    for (const { target } of [...holding, ...others]) hidden.add(target);
  }
  const pages = form.pages.filter(({ name }) => name === undefined || !hidden.has(name));
  return new Set(pages.flatMap(({ fields }) => fields.map(({ name }) => name)).filter((name) => !hidden.has(name)));
}

const plain = (value: unknown) => (value === true ? 'on' : value === false ? '' : String(value));

export function askedControls(form: BoundForm, asked: ReadonlySet<string>): readonly BoundControl[] {
  return form.pages
    .flatMap(({ fields }) => fields)
    .filter(({ name }) => asked.has(name))
    .flatMap(({ controls }) => controls);
}

/** What the code of a form is given: of each control that is asked, what was typed, or what it shows. */
export function takenOf(standing: {
  readonly form: BoundForm;
  readonly asked: ReadonlySet<string>;
  readonly typed: TypedValues;
  readonly values: ControlValues;
}): ControlValues {
  const controls = askedControls(standing.form, standing.asked);
  const from = (control: BoundControl) => (isTaken(control) ? standing.typed : standing).values;
  return Object.fromEntries(controls.map((control) => [control.name, from(control)[control.name]]));
}

/** What is wrong with what was typed, in the order of the form. */
export function faultsOf(typed: TypedValues, asked: readonly BoundControl[], state: FormState, check: FormCheck) {
  const taken = asked.filter(isTaken);
  const values = Object.fromEntries(taken.map(({ name }) => [name, typed.values[name]]));
  const unknown = typed.unknown.map((name): Fault => ({ name, keyword: 'additionalProperties' }));
  const faults = check(values, asked);
  const choices = taken
    .filter((control) => !faults.some(({ name }) => name === control.name) && !isChoice(control, values, state))
    .map(({ name }): Fault => ({ name, keyword: 'enum' }));
  const place = ({ name }: Fault) => taken.findIndex((control) => control.name === name);
  return [...unknown, ...[...faults, ...choices].sort((a, b) => place(a) - place(b))];
}

function isChoice(control: BoundControl, values: ControlValues, state: FormState): boolean {
  const options = optionsOf(control, state);
  const chosen = [values[control.name] ?? []].flat();
  return !options || chosen.every((one) => options.some(({ key, isDisabled }) => key === one && !isDisabled));
}

/** Faults that are not only that something is missing. */
export const isGiven = ({ keyword }: Fault): boolean => keyword !== 'required';

/** The choices that decide what else a form shows, as text: what was shown and what is sent must agree. */
export function seenOf(standing: Asked, values: ControlValues): string {
  return JSON.stringify(deciding(standing).map(({ name }) => values[name] || null));
}

/** The same choices for an address, at which the form opens as it stands. */
export function choicesOf(standing: Asked, values: ControlValues): Readonly<Record<string, string>> {
  const chosen = deciding(standing).filter(({ element, type }) => element === 'select' && type !== 'multiple');
  return Object.fromEntries(chosen.flatMap(({ name }) => (values[name] ? [[name, String(values[name])]] : [])));
}

interface Asked {
  readonly form: BoundForm;
  readonly asked: ReadonlySet<string>;
}

const deciding = ({ form, asked }: Asked) => askedControls(form, asked).filter(({ refills }) => refills);
