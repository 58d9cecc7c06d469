/** The pages of a revision, drawn on trial: what is wrong with a template is found before a visitor finds it. */
import { arrange } from './arrangement.ts';
import type { BoundBlock } from './block.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { frameOf } from './frame.ts';
import { STAFF_LEVEL } from './level.ts';
import { bindList } from './list.ts';
import { type Audience, nobody, type Pages } from './pages.ts';
import { visibleList } from './pipeline/list-filter.ts';
import { readListState, viewListState } from './pipeline/list-page.ts';
import { NOTHING, type Outcome } from './pipeline/load.ts';
import { TemplateError } from './pipeline/render.ts';
import { sampleOf } from './pipeline/report-sample.ts';
import type { Segment } from './pipeline/segments.ts';
import type { Provider } from './provider.ts';

/** What a block may come to; the empty row is one in which every field is missing. */
const OUTCOMES: readonly Outcome[] = [
  NOTHING,
  { state: 'ready', rows: [[]], total: 2 },
  { state: 'ready', rows: [[]], total: 2, asOf: new Date(0) },
  { state: 'failed', incident: '' },
];

/** What the pages without rows are about. */
const PAGES: Readonly<Record<string, object>> = {
  signin: { login: '', next: '', isRefused: true, minutes: 1, isDemo: true },
  error: { status: 500, incident: '', known: 500 },
};

function anybody({ revision }: Pages, level: number | undefined): Audience {
  return { language: revision.content.messages.languages[0] ?? 'en', theme: 'system', level };
}

/** Draws what visitors may be shown, and says what is wrong with a template before one of them finds it. */
export function problemInTrial(pages: Pages, templates: ReadonlyMap<string, string>): Diagnostic | undefined {
  try {
    tryOut(pages);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return templateProblem(error, templates);
    throw error;
  }
}

function tryOut(pages: Pages): void {
  const { plans, functions } = pages.revision;
  const scope = nobody(anybody(pages, undefined));
  const draw = (segment: Segment, blocks: readonly BoundBlock[] = []) => {
    for (const outcome of OUTCOMES) {
      const outcomes = new Map(blocks.filter(({ list }) => list).map(({ name }) => [name, outcome]));
      const needs = new Map(blocks.filter(({ concerns }) => concerns).map(({ name }) => [name, 'Now']));
      const standing = new Map(blocks.map(({ name }) => [name, 'late' as const]));
      for (const { name, band } of blocks) if (band) outcomes.set(name, sampleOf(band, outcome));
      try {
        const shown = { outcomes, outcome, notice: 'Done', needs, need: 'Now', noteOf: () => 'Why', standing };
        segment({ ...frameOf(scope, shown), note: 'Why', filling: ' ' });
      } catch (error) {
        // What code makes of an empty row is no slip of a template.
        if (error instanceof TemplateError) throw error;
      }
    }
  };
  for (const plan of plans.values()) {
    const arrangement = arrange(plan, undefined);
    const blocks = arrangement.blocks.map((placed) => ({
      ...placed,
      block: { ...placed.block, isFolded: true, variant: '-' },
    }));
    for (const one of [arrangement, { ...arrangement, identity: '-', blocks }])
      draw(pages.home(one, anybody(pages, plan.level)), plan.blocks);
  }
  for (const plan of [...plans.values()].slice(0, 1)) {
    const audience = anybody(pages, plan.level);
    draw(pages.home(arrange(plan, undefined), audience, true), plan.blocks);
    for (const block of plan.blocks.slice(0, 1)) draw(pages.slotted(block, audience));
  }
  for (const [name, data] of Object.entries(PAGES)) draw(pages.page(name, anybody(pages, undefined), data));
  for (const level of plans.keys()) {
    for (const one of pages.revision.content.messages.languages)
      draw(pages.help({ ...anybody(pages, level), language: one }));
    const { provider } = [...functions.values()].find((one) => one.provider && one.level(level)) ?? {};
    if (provider) draw(firstPage(pages, provider, level));
  }
  for (const level of plans.keys()) draw(reportPage(pages, anybody(pages, level)));
  const problems = [{ code: '', severity: 'error', message: '', path: '', line: 1, column: 1, hint: '' }];
  draw(pages.part('strip', anybody(pages, STAFF_LEVEL), { problems, revision: 1 }));
}

/** A page of a report in which everything is there. */
function reportPage(pages: Pages, audience: Audience): Segment {
  const option = { name: '', title: '', isCurrent: true };
  const period = { name: 'other', start: '', end: '', options: [option], said: ' ' };
  const field = (kind: string) => ({
    name: '',
    kind,
    title: '',
    value: '',
    isRequired: false,
    options: [{ key: '', ...option }],
  });
  const form = { period, fields: ['select', 'checkbox', 'text', 'hidden'].map(field) };
  const data = { func: '', address: '', title: '', texts: [''], form, isAsked: true, sections: [], groups: [] };
  return pages.report(audience, data);
}

function firstPage(pages: Pages, provider: Provider, level: number): Segment {
  const { name, columns, buttons } = provider;
  const names = pages.revision.names(level);
  const visible = visibleList({ name, columns, rows: 25 }, pages.revision.content.messages.keys(name), names.kindOf);
  const state = readListState(new URLSearchParams(), visible);
  const choice = { provider, columns, buttons, groups: buttons, sort: state.sort, limit: undefined };
  const view = viewListState(state, visible, { total: 50, shown: 25, hasNext: true });
  const option = { value: '', title: '', isCurrent: true };
  const states = [{ name: '', title: '', value: '', options: [option] }];
  const data = { ...view, states, func: name, address: '' };
  return pages.page('list', anybody(pages, level), data, bindList(choice, names));
}

function templateProblem(
  { template, line, column, message }: TemplateError,
  templates: ReadonlyMap<string, string>,
): Diagnostic {
  const text = templates.get(template) ?? '';
  const before = text
    .split('\n')
    .slice(0, line - 1)
    .map((one) => one.length + 1);
  const start = Math.min(
    text.length,
    before.reduce((sum, length) => sum + length, column - 1),
  );
  const source = { path: `templates/${template}`, text };
  return { code: 'invalid-template', severity: 'error', message, source, range: { start, end: start } };
}
