/** What a visitor chooses of a report: read from the address, given to its queries, and shown in its form. */
import type { Control } from '../control.ts';
import { PERIODS } from '../elements/period.ts';
import { controlsOf } from '../form-description.ts';
import type { Formats } from '../formats.ts';
import { type Period, periodOf, periodValues, readDay } from '../period.ts';
import type { Given, Scope, Value } from '../provider.ts';
import type { Report } from '../report.ts';

/** A report as a visitor wants it. */
export interface ReportState {
  readonly period: Period | undefined;
  /** What was chosen in its other fields, as text. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Whether anything was asked, so that it is to be computed. */
  readonly isAsked: boolean;
}

/** Characters of a text that a query is given. */
const LONGEST = 1000;

/** Reads the state; what is no period, no date and no option is left out. */
export function readReportState(report: Report, params: URLSearchParams, scope: Scope): ReportState {
  const asked = PERIODS.find((name) => name === params.get('period'));
  const days = { start: readDay(params.get('periodstart')), end: readDay(params.get('periodend')) };
  const period = report.period && periodOf(asked ?? report.period, scope, days);
  const chosen = controlsIn(report, scope.level).map((control) => [control.name, readChoice(control, params)] as const);
  return { period, chosen: Object.fromEntries(chosen), isAsked: report.runsAtOnce || params.size > 0 };
}

/** Hidden controls are the author's own values. */
function controlsIn({ form }: Report, level: number): readonly Control[] {
  const isChoice = ({ element }: Control) => element === 'input' || element === 'select';
  return form ? controlsOf(form).filter((control) => isChoice(control) && control.level(level)) : [];
}

function readChoice({ name, element, type, options, isRequired }: Control, params: URLSearchParams): string {
  const text = (params.get(name) ?? '').slice(0, LONGEST).trim();
  if (element === 'select')
    return options?.find((option) => option === text) ?? (isRequired ? (options?.[0] ?? '') : '');
  if (type === 'date') return readDay(text);
  if (type === 'number') return /^[+-]?\d{1,15}$/.test(text) ? text : '';
  if (type === 'checkbox') return text === 'on' ? 'on' : '';
  return text;
}

/** The values of the parameters that a state gives; nothing chosen is NULL. */
export function givenBy(report: Report, { period, chosen }: ReportState, scope: Scope): Given {
  const types = new Map(controlsIn(report, scope.level).map(({ name, type }) => [name, type]));
  const givenOf = ([name, text]: [string, string]): [string, Value] => [
    name,
    text === '' ? null : types.get(name) === 'number' ? Number(text) : text,
  ];
  return {
    ...Object.fromEntries(Object.entries(chosen).map(givenOf)),
    ...(period && periodValues(period, scope.zone)),
  };
}

/** The address of a report in a state; `more` is said as well. */
export function writeReportState(
  { period, chosen }: ReportState,
  path: string,
  more: Readonly<Record<string, string>>,
) {
  const params = new URLSearchParams({
    ...(period && { period: period.name }),
    ...(period?.name === 'other' && { periodstart: period.start, periodend: period.end }),
    ...Object.fromEntries(Object.entries(chosen).filter(([, text]) => text !== '')),
    ...more,
  });
  return params.size > 0 ? `${path}?${params.toString()}` : path;
}

export interface FormTexts {
  readonly formats: Formats;
  message(key: string): string | undefined;
  text(key: string): string;
}

/** What the form of a report shows. */
export function viewReportForm(report: Report, { period, chosen }: ReportState, level: number, texts: FormTexts) {
  const { formats, message, text } = texts;
  return {
    period: period && {
      name: period.name,
      start: period.start,
      end: period.end,
      options: PERIODS.map((name) => ({ name, title: text(`period_${name}`), isCurrent: name === period.name })),
      said: sayPeriod(period, formats),
    },
    fields: controlsIn(report, level).map(({ name, element, type, options, isRequired }) => ({
      name,
      kind: element === 'select' ? 'select' : (type ?? 'text'),
      title: message(name) ?? name,
      value: chosen[name] ?? '',
      isRequired,
      options: (options ?? []).map((key) => ({
        key,
        title: message(`${name}_${key}`) ?? key,
        isCurrent: key === chosen[name],
      })),
    })),
  };
}

/** The days of a period in words: `Mar 1, 2026 – Mar 31, 2026`. */
function sayPeriod({ start, end }: Period, formats: Formats): string {
  const first = start && formats.date(start);
  const last = end && formats.date(end);
  return first || last ? `${first} – ${last}`.trim() : '';
}
