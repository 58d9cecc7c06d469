/** The pages of reports and the rows of their bands for spreadsheets: what the address says, bound, loaded and drawn. */

import { type BoundBand, bindBands } from './bound-band.ts';
import { formatsOf } from './formats.ts';
import { frameOf } from './frame.ts';
import type { FunctionDescription } from './function.ts';
import type { LiveContent } from './live-content.ts';
import { audienceOf, type ShownBand } from './pages.ts';
import type { CsvFile } from './pipeline/csv.ts';
import { type OnFailure, type Outcome, startDeadlines } from './pipeline/load.ts';
import { type DetailedBand, loadBands } from './pipeline/report-details.ts';
import {
  givenBy,
  type ReportState,
  readReportState,
  viewReportForm,
  writeReportState,
} from './pipeline/report-form.ts';
import { loadBand, type WantedBand } from './pipeline/report-load.ts';
import { textsOf, viewList } from './pipeline/view.ts';
import type { Given, Scope } from './provider.ts';
import { scopeValues } from './query.ts';
import { type Report, reportAddress } from './report.ts';
import type { Revision } from './revision.ts';

export interface Reports {
  /** The page of a report; undefined when there is no report of that name for this level. */
  page(scope: Scope, func: string, params: URLSearchParams): Promise<string | undefined>;
  /** The rows of the band that the address names; undefined when there is no such band. */
  csv(scope: Scope, func: string, params: URLSearchParams): Promise<CsvFile | undefined>;
  /** What a report is given while nobody chose anything. */
  usual(func: string, scope: Scope): Given;
  /** The rows of one band, as the home page shows them. */
  band(wanted: Omit<WantedBand, 'words'>, scope: Scope): Promise<Outcome>;
}

export interface ReportsContext {
  readonly content: LiveContent;
  /** The function of that name, if this level may call it. */
  allowed(level: number, name: string): FunctionDescription | undefined;
  readonly onFailure: OnFailure;
}

/** Milliseconds that all providers of a report have together. */
const TIMEOUT = 5000;

/** A report in one state, for one visitor. */
interface Opened {
  readonly report: Report;
  readonly state: ReportState;
  readonly given: Given;
  readonly bands: readonly BoundBand[];
}

export function createReports({ content, allowed, onFailure }: ReportsContext): Reports {
  const kept = createKept();

  const wordsOf = (func: string, { language, zone }: Scope) => {
    const { pages } = content;
    return {
      formats: formatsOf(language, zone),
      message: (key: string) => pages.revision.content.messages.text(language, func, key),
      text: (key: string, values?: Readonly<Record<string, string | number>>) => pages.text(language, key, values),
    };
  };

  const open = (scope: Scope, func: string, params: URLSearchParams): Opened | undefined => {
    const report = allowed(scope.level, func)?.report;
    if (!report) return undefined;
    const state = readReportState(report, params, scope);
    const bands = kept(content.pages.revision, report, scope.level);
    return { report, state, given: givenBy(report, state, scope), bands };
  };

  const loadAll = async ({ report, state, given, bands }: Opened, scope: Scope) => {
    if (!state.isAsked) return [];
    const deadlines = startDeadlines();
    const asking = { given, deadline: deadlines.after(TIMEOUT), words: wordsOf(report.name, scope) };
    return loadBands(bands, asking, scope, onFailure).finally(deadlines.clear);
  };

  return {
    async page(scope, func, params) {
      const opened = open(scope, func, params);
      if (!opened) return undefined;
      const { report, state } = opened;
      const { pages } = content;
      const words = wordsOf(func, scope);
      const detailed = await loadAll(opened, scope);
      const address = reportAddress(func);
      const csvOf = (band: string) => writeReportState(state, address, { out: 'csv', band });
      const seeing = { message: words.message, csvOf };
      const data = {
        func,
        address,
        title: words.message('title') ?? func,
        texts: [...report.texts, 'report_info'].flatMap((key) => (key === 'title' ? [] : (words.message(key) ?? []))),
        form: viewReportForm(report, state, scope.level, words),
        isAsked: state.isAsked,
        sections: detailed.flatMap((one) => sectionsOf(one, seeing)),
        groups: detailed.flatMap((one) => groupsOf(one, seeing)),
      };
      const outcomes = new Map(detailed.flatMap(outcomesOf));
      return pages.report(audienceOf(scope), data)(frameOf(scope, { outcomes }));
    },

    async csv(scope, func, params) {
      const opened = open(scope, func, params);
      const band = opened && flat(opened.bands).find(({ id }) => id === params.get('band'));
      if (!opened || !band?.list || band.belonging.by === 'row') return undefined;
      const deadlines = startDeadlines();
      const words = wordsOf(func, scope);
      const wanted = { band: { ...band, list: band.list }, name: band.id, given: opened.given, words };
      const outcome = await loadBand({ ...wanted, deadline: deadlines.after(TIMEOUT) }, scope, onFailure);
      deadlines.clear();
      if (outcome.state !== 'ready') throw new Error(`The report "${func}" could not be read (${outcome.incident})`);
      const { createCsv } = await import('./pipeline/csv.ts');
      const view = viewList(band.list, textsOf(content.pages.revision.content.messages, scope.language));
      const titles = view.columns.map(({ title }) => title);
      const csv = createCsv({ list: band.list, titles, message: words.message, text: words.text });
      const lines = csv.head + csv.lines(outcome.rows, words.formats, scope.now);
      const whole = outcome.drawn?.isCut ? lines + csv.cut(outcome.rows.length) : lines;
      const name = `${func}-${band.id}`.replace(/[^\w.-]/g, '_');
      return { name: `${name}-${scopeValues(['today'], scope).today}.csv`, chunks: once(whole) };
    },

    usual(func, scope) {
      const report = allowed(scope.level, func)?.report;
      return report ? givenBy(report, readReportState(report, new URLSearchParams(), scope), scope) : {};
    },

    band: (wanted, scope) => loadBand({ ...wanted, words: wordsOf(wanted.band.func, scope) }, scope, onFailure),
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function flat(bands: readonly BoundBand[]): BoundBand[] {
  return bands.flatMap((band) => [band, ...flat(band.bands)]);
}

/** A band on the page. */
interface SectionView extends ShownBand {
  readonly title: string;
  /** The class of its block: how much width its table needs. */
  readonly width: string;
  readonly hasRows: boolean;
  readonly csv: string;
}

/** What inner bands say of the rows of a band, one card for each row. */
interface DetailsView {
  readonly id: string;
  readonly title: string;
  readonly files: readonly { readonly title: string; readonly address: string }[];
  readonly cards: readonly { readonly id: string; readonly title: string; readonly sections: readonly SectionView[] }[];
}

interface Seeing {
  message(key: string): string | undefined;
  /** The address of a band's file. */
  csvOf(band: string): string;
}

const widthOf = (columns: number) => (columns > 5 ? ' is-wide' : columns < 4 ? ' is-few' : '');

/** A band and those in it that stand for themselves. */
function sectionsOf({ id, band, outcome, inner }: DetailedBand, seeing: Seeing): SectionView[] {
  const hasFile = band.belonging.by === 'nothing' && outcome?.state === 'ready' && outcome.rows.length > 0;
  const section = {
    id,
    band,
    title: seeing.message(band.name) ?? band.name,
    width: widthOf(band.list?.columns.length ?? 0),
    hasRows: band.list !== undefined,
    csv: hasFile ? seeing.csvOf(band.id) : '',
  };
  return [section, ...inner.flatMap((one) => sectionsOf(one, seeing))];
}

function groupsOf({ id, band, details, inner }: DetailedBand, seeing: Seeing): DetailsView[] {
  const bands = band.bands.filter(({ belonging }) => belonging.by !== 'nothing');
  const titleOf = ({ name }: BoundBand) => seeing.message(name) ?? name;
  const group: DetailsView = {
    id: `details-${id}`,
    title: bands.map(titleOf).join(', '),
    files: bands
      .filter(({ belonging }) => belonging.by === 'field')
      .map((one) => ({ title: titleOf(one), address: seeing.csvOf(one.id) })),
    cards: details.map((detail) => ({
      id: detail.id,
      title: detail.title,
      sections: detail.bands.flatMap((one) => sectionsOf(one, seeing)),
    })),
  };
  const deeper = [...details.flatMap((detail) => detail.bands), ...inner].flatMap((one) => groupsOf(one, seeing));
  return details.length > 0 ? [group, ...deeper] : deeper;
}

function outcomesOf(detailed: DetailedBand): (readonly [string, Outcome])[] {
  const { id, outcome, details, inner } = detailed;
  return [
    ...(outcome ? [[id, outcome] as const] : []),
    ...details.flatMap(({ bands }) => bands.flatMap(outcomesOf)),
    ...inner.flatMap(outcomesOf),
  ];
}

/** Bands as they were bound for a revision and a level. */
function createKept() {
  let known = new Map<string, readonly BoundBand[]>();
  let of: Revision | undefined;
  return (revision: Revision, report: Report, level: number): readonly BoundBand[] => {
    if (of !== revision) known = new Map();
    of = revision;
    const key = `${level} ${report.name}`;
    let bands = known.get(key);
    if (bands === undefined) known.set(key, (bands = bindBands(report, revision.names(level))));
    return bands;
  };
}
