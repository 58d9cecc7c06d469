/** Forms at work: open, fill anew, submit. What is submitted happens once, in one transaction, or not at all. */
import type { ControlKind, ControlValues } from './control.ts';
import type { Database, Knex } from './database.ts';
import type { Done, FormCall, FormDefinition, FormState, Lead, Prepared } from './form.ts';
import { type Formats, formatsOf } from './formats.ts';
import type { Pages } from './pages.ts';
import type { PaymentMethod } from './payment.ts';
import { type BoundForm, bindForm } from './pipeline/form-bind.ts';
import type { FormCheck } from './pipeline/form-check.ts';
import { buttonOf, digest, readElids, tellingAt } from './pipeline/form-sent.ts';
import {
  askedControls,
  askedFields,
  choicesOf,
  faultsOf,
  isGiven,
  OWN_NAMES,
  readAmounts,
  readTyped,
  seenOf,
  type TypedValues,
  takenOf,
  valuesOf,
} from './pipeline/form-values.ts';
import { type DrawnForm, formAddress, refusals, type StandingForm } from './pipeline/form-view.ts';
import type { Scope } from './provider.ts';
import { scopeIn } from './query.ts';
import { createFormKeys, type FormAnswer, type SentForm } from './store/index.ts';
import { createTries } from './tries.ts';
import { type Words, wordsOf } from './words.ts';

export interface FormsOptions {
  readonly database: Database;
  readonly kinds: readonly ControlKind[];
  readonly methods: readonly PaymentMethod[];
  readonly pages: () => Pages;
  readonly newKey: () => string;
  /** A write changed rows of the visitor, and of other customers. */
  readonly changed: (scope: Scope, customers: readonly number[]) => void;
}

/** What was sent to a form, or stands in its address. */
export interface FormRequest {
  readonly func: string;
  readonly sent: URLSearchParams;
  /** Where the visitor came from: a path of this site. */
  readonly back: string;
}

/** A form to be drawn, or where to go on. */
export type FormResult = Drawing | GoOn;

export interface GoOn {
  readonly to: string;
  /** In a new session. */
  readonly renewsSession?: boolean;
}

interface Drawing {
  readonly draw: DrawnForm;
  readonly status: 200 | 409 | 422;
  /** To be called once a person has the form in front of them. */
  opened?(): Promise<void>;
}

export interface Forms {
  /** Undefined when there is no such form, or no such row, for this visitor. */
  open(scope: Scope, request: FormRequest): Promise<FormResult | undefined>;
  /** Acts, or fills the form anew when a control asks for it. */
  send(scope: Scope, request: FormRequest): Promise<FormResult | undefined>;
}

const KEY = /^[\w-]{16,64}$/;

export function createForms({ database, kinds, methods, pages, newKey, changed }: FormsOptions): Forms {
  const keys = createFormKeys(database);
  const tries = createTries();
  const digestKey = newKey();
  let check: FormCheck | undefined;
  /** Loaded with the first form that is sent. */
  const loadCheck = async () => (check ??= (await import('./pipeline/form-check.ts')).createFormCheck());

  const enter = (scope: Scope, { func, sent, back }: FormRequest): Visit | undefined => {
    const { revision } = pages();
    const found = revision.functions.get(func);
    if (!found?.level(scope.level) || !found.form?.definition) return undefined;
    const elids = readElids(sent);
    const formats = formatsOf(scope.language, scope.zone);
    return {
      func,
      scope,
      sent,
      back,
      elids,
      form: bindForm(found.form.description, kinds, {
        level: scope.level,
        isNew: elids.length === 0,
        find(other) {
          const target = revision.functions.get(other);
          return target?.level(scope.level) ? target : undefined;
        },
      }),
      definition: found.form.definition,
      formats,
      words: wordsOf(revision.content.messages, func, formats),
    };
  };

  const callOf = ({ elids, words, scope }: Visit, values: ControlValues, trx?: Knex.Transaction): FormCall => ({
    elids,
    ids: elids.map((elid) => (/^\d{1,9}$/.test(elid) ? Number(elid) : -1)),
    values,
    words,
    panel: pages().offer(scope),
    now: scope.now,
    methods,
    read: (select, given = {}) => database.read(select, { ...given, ...scopeIn(select, scope) }, trx),
  });

  /** Where the form stands with what was typed. */
  const stand = async (visit: Visit, typed: TypedValues, trx?: Knex.Transaction): Promise<Standing | undefined> => {
    const { form, func, sent } = visit;
    const state = await visit.definition.open(visit.scope, callOf(visit, typed.values, trx));
    if (!state) return undefined;
    const given = { ...typed, values: readAmounts(form, sent, typed.values, state) };
    const values = valuesOf(form, given.values, state);
    const asked = askedFields(form, values, state);
    return { func, form, state, values, asked, faults: [], typed: given };
  };

  const show = (visit: Visit, standing: Standing, told = '', status: Drawing['status'] = 200): Drawing => {
    const { elids, back, sent, words } = visit;
    const { state } = standing;
    const known = sent.get(OWN_NAMES.key) ?? '';
    const sheet = {
      elids,
      back,
      here: formAddress({ form: visit.func, elids, values: choicesOf(standing, standing.values) }, back),
      key: KEY.test(known) && told !== 'form_sent' ? known : newKey(),
      version: String(state.version ?? ''),
      seen: seenOf(standing, standing.values),
      told,
    };
    return { draw: { ...standing, words, sheet }, status };
  };

  /** Why what was sent cannot be done; undefined when it can. */
  const objection = async (visit: Visit, standing: Standing): Promise<FormResult | undefined> => {
    const { sent, form } = visit;
    const { state, asked, typed } = standing;
    if (state.to) return onward(visit, state.to);
    const button = buttonOf(visit);
    const all = faultsOf(typed, askedControls(form, asked), state, await loadCheck());
    const faults = button?.isPartial ? all.filter(isGiven) : all;
    const isSeen = sent.get(OWN_NAMES.seen) === seenOf(standing, { ...standing.values, ...typed.values });
    if (String(state.version ?? '') !== (sent.get(OWN_NAMES.version) ?? ''))
      return show(visit, standing, 'form_changed', 409);
    if (!isSeen) {
      // What is asked only now cannot be missing yet.
      return show(visit, { ...standing, faults: faults.filter(isGiven) }, 'form_refilled', 422);
    }
    if (faults.length > 0) return show(visit, { ...standing, faults }, '', 422);
    const isOffered = state.unavailable !== true && button !== undefined && !state.unavailable?.includes(button.name);
    return isOffered ? undefined : show(visit, standing, 'form_unavailable', 409);
  };

  /** What the form does before anything is locked. */
  const prepare = async (visit: Visit, standing: Standing): Promise<Prepared | { refusal: FormResult }> => {
    const { definition, scope, func } = visit;
    const who = `${func} ${scope.user}`;
    const call = {
      ...callOf(visit, takenOf(standing)),
      countTry: () => tries.count(who),
      forgiveTries: () => tries.forgive(who),
    };
    const made = (await definition.prepare?.(scope, call)) ?? { prepared: {} };
    return 'prepared' in made ? made : { refusal: show(visit, { ...standing, faults: refusals(made) }, '', 422) };
  };

  const act = async (visit: Visit, { request, typed, prepared }: Act): Promise<FormResult | undefined> => {
    const { scope, definition } = visit;
    const work = async (trx: Knex.Transaction): Promise<FormResult | undefined> => {
      if (!(await keys.take(trx, request, scope.now))) return repeated(visit, request, typed, trx);
      const standing = await stand(visit, typed, trx);
      const refusal = standing && (await objection(visit, standing));
      if (!standing || refusal) throw new Undone(refusal);
      const pressed = { button: buttonOf(visit)?.name ?? '', back: visit.back };
      const call = { ...callOf(visit, takenOf(standing), trx), ...pressed, prepared, trx };
      const submitted = await definition.submit(scope, call);
      if ('refused' in submitted) throw new Undone(show(visit, { ...standing, faults: refusals(submitted) }, '', 422));
      const answer = answerOf(visit, submitted);
      await keys.answer(trx, request, answer);
      customers = submitted.customers ?? [];
      return goOn(answer, request.key);
    };
    let customers: readonly number[] = [];
    try {
      const result = await database.transaction(work);
      changed(scope, customers);
      return result;
    } catch (error) {
      if (error instanceof Undone) return error.result;
      throw error;
    }
  };

  /** The first answer again; other content under the same key is a form that was sent already. */
  const repeated = async (visit: Visit, request: SentForm, typed: TypedValues, trx?: Knex.Transaction) => {
    const known = await keys.find(request.user, request.key, trx);
    if (!known) return undefined;
    if (known.func === request.func && known.request === request.request) return goOn(known, request.key);
    const standing = await stand(visit, typed, trx);
    return standing && show(visit, standing, 'form_sent', 409);
  };

  return {
    async open(scope, request) {
      const visit = enter(scope, request);
      if (!visit) return undefined;
      const standing = await stand(visit, readTyped(visit.form, request.sent, false));
      if (!standing) return undefined;
      const { state } = standing;
      const opened = async () => {
        await database.transaction(async (trx) => state.opened?.(trx));
        changed(scope, []);
      };
      if (state.to) return onward(visit, state.to);
      return { ...show(visit, standing), ...(state.opened && { opened }) };
    },
    async send(scope, request) {
      const visit = enter(scope, request);
      if (!visit) return undefined;
      const { sent, func } = request;
      const typed = readTyped(visit.form, sent, true);
      const key = sent.get(OWN_NAMES.key) ?? '';
      const asked: SentForm = { user: scope.user, key, func, request: digest(sent, visit.form, digestKey) };
      const standing = await stand(visit, typed);
      if (sent.has(OWN_NAMES.refill)) return standing && show(visit, standing);
      if (!KEY.test(key)) return standing && show(visit, standing, 'form_again', 422);
      // Looked up after the form was opened: what stands in its way may be what it did itself.
      const again = await repeated(visit, asked, typed);
      if (again || !standing) return again;
      const refusal = await objection(visit, standing);
      if (refusal) return refusal;
      const made = await prepare(visit, standing);
      // What it refuses may be what the same form has changed meanwhile.
      if ('refusal' in made) return (await repeated(visit, asked, typed)) ?? made.refusal;
      return act(visit, { request: asked, typed, prepared: made.prepared });
    },
  };
}

/** Somebody at a form. */
interface Visit extends FormRequest {
  readonly scope: Scope;
  readonly elids: readonly string[];
  readonly form: BoundForm;
  readonly definition: FormDefinition;
  readonly formats: Formats;
  readonly words: Words;
}

interface Standing extends StandingForm {
  readonly state: FormState;
  readonly typed: TypedValues;
}

/** What is to be done. */
interface Act extends Prepared {
  readonly request: SentForm;
  readonly typed: TypedValues;
}

/** Rolls a transaction back and carries what to answer instead. */
class Undone extends Error {
  readonly result: FormResult | undefined;

  constructor(result: FormResult | undefined) {
    super('Nothing was done');
    this.result = result;
  }
}

const onward = ({ back }: Visit, to: Lead) => ({ to: formAddress(to, back) });

function answerOf({ back }: Visit, { done, values = {}, to = back, renewsSession = false }: Done): FormAnswer {
  return { to: typeof to === 'string' ? to : formAddress(to, back), done, values, renewsSession };
}

function goOn({ to, renewsSession }: FormAnswer, key: string): GoOn {
  return { to: tellingAt(to, key), renewsSession };
}
