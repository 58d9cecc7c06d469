/** The pages of reports and the rows of their bands for spreadsheets: what the address says, bound, loaded and drawn. */

import { type BoundBand, bindBands } from './bound-band.ts';
import { formatsOf } from './formats.ts';
import { frameOf } from './frame.ts';
import type { FunctionDescription } from './function.ts';
import type { LiveContent } from './live-content.ts';
import { audienceOf, type ShownBand } from './pages.ts';
import type { CsvFile } from './pipeline/csv.ts';
import { type OnFailure, type Outcome, startDeadlines } from './pipeline/load.ts';
import { type DetailedBand, isCut, loadBands, rowsOf, titleColumn } from './pipeline/report-details.ts';
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
      const way = opened ? wayTo(params.get('band') ?? '', opened.bands) : [];
      const band = way.at(-1);
      if (!opened || !band?.list) return undefined;
      const words = wordsOf(func, scope);
      const isByRow = way.some(({ belonging }) => belonging.by === 'row');
      const bands = isByRow ? [lineOf(way)] : [lineOf([band])];
      const detailed = await loadAll({ ...opened, bands }, scope);
      const parts = rowsOf(detailed, band.id);
      const { createCsv } = await import('./pipeline/csv.ts');
      const view = viewList(band.list, textsOf(content.pages.revision.content.messages, scope.language));
      const titles = view.columns.map(({ title }) => title);
      const before = isByRow ? way.flatMap((one, at) => titleAbove(one, way[at + 1], words.message)) : [];
      const csv = createCsv({ list: band.list, titles, before, message: words.message, text: words.text });
      const lines = parts.map(({ titles: first, outcome }) => {
        if (outcome.state !== 'ready') throw new Error(`The report "${func}" could not be read (${outcome.incident})`);
        return csv.linesWith(first)(outcome.rows, words.formats, scope.now);
      });
      const count = parts.reduce((sum, { outcome }) => sum + (outcome.state === 'ready' ? outcome.rows.length : 0), 0);
      const whole = csv.head + lines.join('') + (isCut(detailed) ? csv.cut(count) : '');
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

/** The bands around one, from outside inwards, and itself; none when there is no such band. */
function wayTo(id: string, bands: readonly BoundBand[]): readonly BoundBand[] {
  for (const band of bands) {
    if (band.id === id) return [band];
    const inner = wayTo(id, band.bands);
    if (inner.length > 0) return [band, ...inner];
  }
  return [];
}

/** A band with nothing in it but the way to the last of them, and no charts. */
function lineOf([band, ...rest]: readonly BoundBand[]): BoundBand {
  if (!band) throw new Error('A way to a band is empty');
  return { ...band, diagrams: [], bands: rest.length > 0 ? [lineOf(rest)] : [] };
}

/** The title of the column by which rows are called that a band belongs to. */
function titleAbove(band: BoundBand, inner: BoundBand | undefined, message: Seeing['message']): string[] {
  if (!inner || inner.belonging.by === 'nothing') return [];
  const name = titleColumn(band)?.name ?? band.name;
  return [message(name) ?? name];
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
      .filter(({ list }) => list !== undefined)
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
