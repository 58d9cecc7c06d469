/** The pages of one revision: its templates and assets, and its segments, rendered once per level, language and theme. */
import type { Arrangement } from './arrangement.ts';
import { type Asset, hashAssets } from './assets.ts';
import type { BoundBlock } from './block.ts';
import type { BoundBand } from './bound-band.ts';
import type { ContentFiles } from './content.ts';
import { isRightToLeft } from './direction.ts';
import type { PanelOffer } from './form.ts';
import { focus } from './frame.ts';
import { type GuideSection, sectionsOf } from './guide.ts';
import { languageName } from './language-name.ts';
import { isStaffLevel } from './level.ts';
import type { BoundList } from './list.ts';
import { fill } from './messages.ts';
import { listAbove, navigation, startPages } from './navigation.ts';
import { urgentFirst } from './notice.ts';
import { listInForm } from './pipeline/form-list.ts';
import { type ControlView, type DrawnForm, viewForm } from './pipeline/form-view.ts';
import type { Ready } from './pipeline/load.ts';
import { createRenderer, latinMarkup, type Place } from './pipeline/render.ts';
import { joinedOnce, type Segment } from './pipeline/segments.ts';
import { type BlockView, type ColumnView, textsOf, viewBand, viewBlock, viewList } from './pipeline/view.ts';
import { type Scope, THEMES, type Theme } from './provider.ts';
import type { Revision } from './revision.ts';
import { readIcons } from './tones.ts';

/** For whom a page is drawn: what it may depend on beside rows. */
export interface Audience {
  readonly language: string;
  readonly theme: Theme;
  /** Undefined before sign-in. */
  readonly level: number | undefined;
}

/** A band on the page of a report, and the id of its outcome. */
export interface ShownBand {
  readonly id: string;
  readonly band: BoundBand;
}

export interface Pages {
  readonly revision: Revision;
  /** By plain name. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** By address. */
  readonly addresses: ReadonlyMap<string, Asset>;
  /** In parts, blocks are slots, and each follows by itself. */
  home(arrangement: Arrangement, audience: Audience, isInParts?: boolean): Segment;
  /** What puts a block into its slot. */
  slotted(block: BoundBlock, audience: Audience): Segment;
  block(block: BoundBlock, audience: Audience): Segment;
  /** The tone of an icon, as `error`; empty when it has none. */
  tone(icon: string): string;
  /** The page of a report, with what it is about; its bands are the outcomes of their ids. */
  report(audience: Audience, data: { readonly func: string }): Segment;
  /** A template of `templates/parts/`, with what it is about. */
  part(name: string, audience: Audience, data: object): Segment;
  /** A form as it stands; its rows are the outcome to draw it with. */
  form(drawn: DrawnForm, audience: Audience): { segment: Segment; outcome: Ready };
  /** The guide: the sections of what a level may do. */
  help(audience: Audience): Segment;
  /** A page of `templates/pages/`, with what it is about. */
  page(name: string, audience: Audience, data?: object, list?: BoundList): Segment;
  /** What there is to choose for a level. */
  offer(audience: Pick<Audience, 'language'> & { readonly level: number }): PanelOffer;
  text(language: string, key: string, values?: Readonly<Record<string, string | number>>): string;
}

/** As many segments of visitors' own as are kept. */
const OWN_SEGMENTS = 1000;

/** `stripFor` gives what staff are told at the top of each page. */
export function createPages(revision: Revision, files: ContentFiles, stripFor: (pages: Pages) => Segment): Pages {
  const { messages } = revision.content;
  const renderer = createRenderer(files.templates);
  const assets = hashAssets(files.assets);
  const segments = new Map<string, Segment>();
  /** Those of visitors' own: as many of them as there are visitors, so not all are kept. */
  const own = new Map<string, Segment>();
  const icons = readIcons(files);
  /** As the language says itself; `Intl` knows it too, and takes its time. */
  const nameOf = (language: string) =>
    (messages.has(language, 'page', 'language_name') && messages.text(language, 'page', 'language_name')) ||
    languageName(language);

  const once = (key: string, make: () => Segment): Segment => {
    let segment = segments.get(key);
    if (segment === undefined) segments.set(key, (segment = make()));
    return segment;
  };
  const onceFor = (variant: string, key: string, make: () => Segment): Segment => {
    if (variant === '') return once(key, make);
    const name = `${key}|${variant}`;
    let segment = own.get(name);
    if (own.size >= OWN_SEGMENTS) own.clear();
    if (segment === undefined) own.set(name, (segment = make()));
    return segment;
  };
  const text: Pages['text'] = (language, key, values = {}) => {
    const found = messages.text(language, 'page', key);
    if (found === undefined) throw new Error(`The messages "page" have no text "${key}"`);
    return fill(found, language, values);
  };
  const bases = new Map<string, object>();
  const base = (audience: Audience): object => {
    const key = `${audience.level}|${audience.language}|${audience.theme}`;
    let known = bases.get(key);
    if (known === undefined) bases.set(key, (known = makeBase(audience)));
    return known;
  };
  const makeBase = ({ language, theme, level }: Audience) => ({
    language,
    theme,
    direction: isRightToLeft(language) ? 'rtl' : 'ltr',
    isSignedIn: level !== undefined,
    isCustomer: level !== undefined && !isStaff(level),
    languages: messages.languages.map((code) => ({
      code,
      name: latinMarkup(nameOf(code)),
      isCurrent: code === language,
    })),
    themes: THEMES.map((name) => ({ name, title: text(language, `theme_${name}`), isCurrent: name === theme })),
    navigation: level === undefined ? [] : navigation(revision, level, language),
    hasHome: level !== undefined && revision.plans.has(level),
    tone: pages.tone,
    points: (icon: string) => icons[icon]?.points === true,
    text: (key: string, values?: Record<string, string | number>) => text(language, key, values),
    label: (func: string, key: string) => messages.text(language, func, key) ?? key,
    may: (func: string) => level !== undefined && revision.functions.get(func)?.level(level) === true,
    titleOf: (func: string) => messages.text(language, func, 'title') ?? func,
    asset: (name: string) => assets.get(name)?.address ?? '',
  });
  const listPlace = (list: BoundList | undefined, audience: Audience): Place => ({
    list,
    cellOf: (column) => cell(column as ColumnView, list, audience),
    figureOf: (kind) =>
      once(`chart|${audience.language}|${kind}`, () => renderer.segment(`charts/${kind}.njk`, base(audience))),
  });
  const cell = ({ bound: column, ...view }: ColumnView, list: BoundList | undefined, audience: Audience): Segment => {
    const group = list?.func ?? '';
    const made = column.kind.cell({
      column,
      at: column.at,
      index: list?.index ?? (() => -1),
      message: (key) => messages.text(audience.language, group, key),
    });
    const template = `columns/${column.kind.name}.njk`;
    let isAlone = !renderer.isLive(template);
    const onMore = () => {
      isAlone = false;
    };
    const place = { list, column, cell: made, isInRow: true, onMore };
    const segment = renderer.segment(template, { ...base(audience), column: view }, place);
    return made.mark && isAlone ? joinedOnce(segment, made.mark) : segment;
  };
  const pages: Pages = {
    revision,
    assets,
    addresses: new Map([...assets.values()].map((asset) => [asset.address, asset])),
    text,
    offer: ({ language, level }) => ({
      get languages() {
        return messages.languages.map((key) => ({ key, text: nameOf(key) }));
      },
      get starts() {
        return startPages(revision, level, language).map(({ name, title }) => ({ key: name, text: title }));
      },
    }),
    tone: (icon) => icons[icon]?.tone ?? '',
    block: (block, audience) =>
      onceFor(block.variant ?? '', `block|${audience.level}|${audience.language}|${block.name}`, () => {
        const view = viewBlock(block, textsOf(messages, audience.language));
        return renderer.segment(
          view.isFolded ? 'parts/folded.njk' : `blocks/${block.kind}.njk`,
          { ...base(audience), block: view, band: view.band },
          listPlace(block.list ?? block.band?.list, audience),
        );
      }),
    slotted: (block, audience) =>
      once(`slotted|${audience.level}|${audience.language}|${block.name}`, () => {
        const view = viewBlock(block, textsOf(messages, audience.language));
        return renderer.segment('parts/slotted.njk', { ...base(audience), block: view });
      }),
    home: ({ identity, blocks }, audience, isInParts = false) =>
      onceFor(identity, `home|${audience.level}|${audience.language}|${audience.theme}|${isInParts}`, () => {
        const texts = textsOf(messages, audience.language);
        const region = (position: string) =>
          urgentFirst(blocks.flatMap((placed) => (placed.position === position ? placed.block : []))).map((block) =>
            viewBlock(block, texts),
          );
        const top = region('top');
        const [left, right] = [region('left'), region('right')];
        const lead = top.slice(0, leading(top));
        const rest = top.slice(lead.length);
        const data = { regions: { top, left, right, lead, rest }, raisable: [...rest, ...left, ...right], isInParts };
        const blockOf = (view: unknown) =>
          focus(pages.block((view as BlockView).bound, audience), (view as BlockView).name);
        return renderer.segment('pages/home.njk', { ...base(audience), ...data, page: 'home' }, { blockOf, strip });
      }),
    report: (audience, data) => {
      const { func } = data;
      const bandOf = (shown: unknown) => {
        const { band, id } = shown as ShownBand;
        const segment = once(`band|${audience.level}|${audience.language}|${func}|${band.id}`, () => {
          const view = viewBand(band, textsOf(messages, audience.language));
          return renderer.segment('parts/band.njk', { ...base(audience), band: view }, listPlace(band.list, audience));
        });
        return focus(segment, id);
      };
      const context = { ...base(audience), ...data, page: 'report' };
      return renderer.segment('pages/report.njk', context, { blockOf: bandOf, strip });
    },
    part: (name, audience, data) => renderer.segment(`parts/${name}.njk`, { ...base(audience), ...data }),
    form: (drawn, audience) => {
      const { func, form, state, words } = drawn;
      const { columns } = form.controls.find(({ element }) => element === 'list') ?? { columns: [] };
      const shown = listInForm(func, columns, state.rows ?? [], revision.names(audience.level ?? 0));
      const texts = textsOf(messages, audience.language);
      const view = viewForm(drawn, texts, words);
      const list = viewList(shown.list, texts);
      const controlOf = (control: unknown) =>
        renderer.segment(
          `controls/${(control as ControlView).kind}.njk`,
          { ...base(audience), control, list, caption: view.title, sorts: false },
          listPlace(shown.list, audience),
        );
      const action = `/form/${encodeURIComponent(func)}`;
      const above = listAbove(revision, audience.level ?? 0, { func, back: view.back, language: audience.language });
      const data = { form: { ...view, action }, above, func, address: action, page: 'form' };
      const segment = renderer.segment('pages/form.njk', { ...base(audience), ...data }, { controlOf, strip });
      return { segment, outcome: shown.outcome };
    },
    help: (audience) =>
      once(`help|${audience.level}|${audience.language}|${audience.theme}`, () => {
        const { language, level = 0 } = audience;
        const sections = sectionsOf(files.templates.keys(), language, messages.languages)
          .filter(({ name }) => revision.functions.get(name)?.level(level) !== false)
          .map((section) => ({ ...section, title: messages.text(language, 'help', section.name) ?? section.name }));
        const blockOf = (section: unknown) =>
          renderer.segment((section as GuideSection).template, { ...base(audience), page: 'help' });
        return renderer.segment('pages/help.njk', { ...base(audience), sections, page: 'help' }, { blockOf, strip });
      }),
    page: (name, audience, data = {}, list) => {
      const view = list && { list: viewList(list, textsOf(messages, audience.language)) };
      const place = { ...listPlace(list, audience), strip };
      return renderer.segment(`pages/${name}.njk`, { ...base(audience), ...view, ...data, page: name }, place);
    },
  };
  const strip = stripFor(pages);
  return pages;
}

/** How many blocks stand above those that need the visitor: quick buttons, notices and what is owed. */
function leading(blocks: readonly BlockView[]): number {
  const first = blocks.findIndex(({ kind }) => kind === 'list' || kind === 'report');
  return first === -1 ? blocks.length : first;
}

export function audienceOf({ language, theme, level }: Scope): Audience {
  return { language, theme, level };
}

/** The scope of a page before sign-in. */
export function nobody({ language, theme }: Audience): Scope {
  return {
    customer: null,
    user: 0,
    name: '',
    login: '',
    level: 0,
    language,
    zone: 'UTC',
    theme,
    rows: 0,
    now: new Date(0),
    session: '',
  };
}

export const isStaff = (level: number | undefined) => level !== undefined && isStaffLevel(level);
