/** One revision of the content, compiled: files → documents → content → findings → plans. The steps of `pipeline/`, in order. */
import { validators } from '#validators';
import type { Catalogue } from './catalogue.ts';
import type { ContentFile, ContentFiles } from './content.ts';
import type { PlacedDocument } from './content-document.ts';
import { type Database, parameterNames, readSelect } from './database.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { presentPart } from './features.ts';
import type { FunctionDescription } from './function.ts';
import type { Guard } from './guard.ts';
import { readHouse } from './house/read.ts';
import type { ListNames } from './list.ts';
import type { Peer } from './peers.ts';
import { bind, bindDefinitions, listNames, type RemoteSource } from './pipeline/bind.ts';
import { check } from './pipeline/check.ts';
import { type Content, merge } from './pipeline/merge.ts';
import type { Plan } from './plan.ts';
import type { Provider } from './provider.ts';
import { outlineQuery, withParameters } from './query.ts';
import { bandElements } from './report-description.ts';
import type { QueryAnswer, RemovedMarkup } from './rule.ts';
import { codeProvider, sharedSource, sqlSource } from './sources/index.ts';
import type { XmlLimits } from './xml/limits.ts';
import { attributeOf, elementsOf, textOf, unwrapped, type XmlElement } from './xml/node.ts';
import { readXml } from './xml/read.ts';
import { restoreDocument } from './xml/stored.ts';

export interface Revision {
  readonly content: Content;
  readonly diagnostics: readonly Diagnostic[];
  readonly functions: ReadonlyMap<string, FunctionDescription>;
  /** Access level → the plan of its home page; empty when there are errors. */
  readonly plans: ReadonlyMap<number, Plan>;
  names(level: number): ListNames;
}

export interface RevisionContext {
  readonly catalogue: Catalogue;
  readonly manager: string;
  /** Names of the icons in the sprite. */
  readonly icons: ReadonlySet<string>;
  /** Where queries are described and run; without it they are neither. */
  readonly database: Database | undefined;
  /** Stands around each provider; without one, none is going to be asked. */
  readonly guard?: Guard | undefined;
  /** Only structure is checked: the names in the files are registered elsewhere. */
  readonly structureOnly?: boolean;
  /** Nothing is going to be shown, so no plans are made. */
  readonly checkOnly?: boolean;
  /** How large a document may be; missing for the usual limits. */
  readonly limits?: XmlLimits | undefined;
  /** Sites whose pages may stand in a frame. */
  readonly frames?: readonly string[] | undefined;
  /** Hosts that sources of lists may call. */
  readonly peers?: readonly Peer[] | undefined;
  /** What calls them; without it, none is called. */
  readonly remote?: RemoteSource | undefined;
  /** When the content is checked; without it, nothing is said of what is over. */
  readonly now?: Date;
  /** Templates to check among all; without it, none. */
  readonly templates?: TemplatesToCheck | undefined;
  /** Paths of the files to check; all of them when it is missing. */
  readonly only?: ReadonlySet<string> | undefined;
}

export interface TemplatesToCheck {
  /** Name → source, of all that there are. */
  readonly all: ReadonlyMap<string, string>;
  /** The names of those to check. */
  readonly names: readonly string[];
  /** The names of those that Lintel brings along. */
  readonly own: ReadonlySet<string>;
}

export async function compileContent(
  files: Pick<ContentFiles, 'documents'> & Partial<Pick<ContentFiles, 'pins' | 'house'>>,
  context: RevisionContext,
): Promise<Revision> {
  const { catalogue, database } = context;
  const { elements } = catalogue;
  const documents = files.documents.map((file) => readFile(file, context.limits));
  const content = await withPins(
    merge(documents, { manager: context.manager, elements, limits: context.limits }),
    files.pins,
    context.only,
  );
  const { before, sources } = content.overlaid;
  const definitions = [...content.definitions.values()];
  const changed =
    sources.size === 0 ? [] : [...before.definitions.values()].filter((one) => !definitions.includes(one));
  const answers = await describeQueries([...definitions, ...changed], database);
  const fieldsOf = (metadata: XmlElement) => columnsOf(answers.get(metadata));
  const functions = functionsIn(definitions, context, { fieldsOf, features: catalogue.features });
  // Names are known of what no feature is there for as well: it may be switched on any time.
  const known = documents.some(hasConditions)
    ? functionsIn(definitions, context, { fieldsOf, features: undefined })
    : functions;
  const rest = {
    icons: context.icons,
    connections: new Set<string>(),
    frames: context.frames ?? [],
    peers: context.peers ?? [],
    features: catalogue.features,
  };
  const removed = await removedMarkup(content);
  const underneath = new Set(files.documents.filter((file) => file.isUnderneath).map(({ path }) => path));
  const house = readHouse(files.house ?? [], ({ path }) => !underneath.has(path));
  // Lintel's own content alone was checked when it was built.
  const isOurs =
    !context.checkOnly && !context.templates && house.length === 0 && documents.every(({ stored }) => stored);
  const found = isOurs
    ? []
    : check(
        { content, only: context.only, house, templates: await templatesToCheck(context.templates, catalogue) },
        {
          elements,
          manager: context.manager,
          structureOnly: context.structureOnly === true,
          names: context.structureOnly ? undefined : { ...rest, functions: known, messages: content.messages },
          namesBefore:
            context.structureOnly || sources.size === 0
              ? undefined
              : {
                  ...rest,
                  functions: functionsIn([...definitions, ...changed], context, { fieldsOf, features: undefined }),
                  messages: before.messages,
                },
          query: (metadata) => answers.get(metadata),
          removed: (text) => removed.get(text),
          now: context.now,
        },
        { rules: [...catalogue.rules, ...house.flatMap(({ rules }) => rules)], validators },
      );
  const diagnostics = withoutNotesOnOurs(found, files.documents);
  const names = (level: number) => listNames(level, functions, catalogue);
  const isBroken = diagnostics.some(({ severity }) => severity === 'error');
  const layouts = isBroken || context.checkOnly ? [] : [...content.layouts];
  const plans = new Map(
    layouts.flatMap(([level, doc]) => {
      const layout = presentPart(doc, catalogue.features);
      return layout ? [[level, bind(layout, names(level), catalogue)] as const] : [];
    }),
  );
  return { content, diagnostics, functions, plans, names };
}

/** What a hosting provider's own files leave unused of Lintel's is nothing to note. */
function withoutNotesOnOurs(found: readonly Diagnostic[], files: readonly ContentFile[]): readonly Diagnostic[] {
  const ours = new Set(files.filter(({ stored }) => stored).map(({ path }) => path));
  if (ours.size === files.length) return found;
  return found.filter(({ severity, source }) => severity !== 'info' || !ours.has(source.path));
}

function readFile({ path, bytes, stored }: ContentFile, limits: XmlLimits | undefined): PlacedDocument {
  const document = stored ? restoreDocument(path, stored) : readXml(path, bytes, limits);
  return { ...document, root: unwrapped(document.root), path, stored };
}

/** Says of each overlay with pins what of its base has changed since. */
async function withPins(
  content: Content,
  pins: ContentFiles['pins'] = [],
  only: RevisionContext['only'],
): Promise<Content> {
  if (pins.length === 0) return content;
  const { comparePins } = await import('./pipeline/pins.ts');
  return comparePins(content, pins, only);
}

/** Every function, by name; code gives rows where no query does. */
function functionsIn(
  definitions: readonly XmlElement[],
  context: RevisionContext,
  from: Pick<Parameters<typeof bindDefinitions>[1], 'fieldsOf' | 'features'>,
): ReadonlyMap<string, FunctionDescription> {
  const { catalogue, database } = context;
  const formOf = (name: string) => catalogue.forms.find((form) => form.name === name);
  const { guard = unguarded } = context;
  const providers = catalogue.providers.map((definition) => {
    const provider = codeProvider(definition, database);
    return { ...provider, prepare: guard(provider.name, provider.prepare) };
  });
  const providerOf = (name: string) => providers.find((provider) => provider.name === name);
  const described = new Map(
    bindDefinitions(definitions, {
      ...from,
      ...{ database, source: sqlSource, share: sharedSource, remote: context.remote, guard, formOf, providerOf },
    }).map((description) => [description.name, description]),
  );
  const inCode = providers.map((provider) => functionOf(provider, described.get(provider.name)));
  return new Map([...described, ...inCode.map((description) => [description.name, description] as const)]);
}

const unguarded: Guard = (_name, prepare) => prepare;

/** The templates, read; what reads them is loaded when there are some. */
async function templatesToCheck(
  templates: TemplatesToCheck | undefined,
  { blocks, columns, controls }: Pick<Catalogue, 'blocks' | 'columns' | 'controls'>,
) {
  if (!templates || templates.names.length === 0) return undefined;
  const { all, names, own } = templates;
  const { readTemplates } = await import('./pipeline/read-templates.ts');
  const kinds = { blocks, columns, controls };
  const drawn = Object.entries(kinds).flatMap(([folder, list]) => list.map(({ name }) => `${folder}/${name}.njk`));
  return { names, context: readTemplates(all, new Set([...own, ...drawn])) };
}

/** Whether anything depends on a feature. */
function hasConditions({ source, stored }: PlacedDocument): boolean {
  return !stored && /\sif\s*=/.test(source.text);
}

/** A list whose rows code gives; what a definition without a query says of it stands. */
function functionOf(code: Provider, described: FunctionDescription | undefined): FunctionDescription {
  const { name } = code;
  const shown = described?.provider?.isEmpty ? described.provider : undefined;
  if (!shown) return { name, type: 'list', level: code.level, provider: code };
  const level = (one: number) => code.level(one) && shown.level(one);
  const { columns, buttons } = shown;
  const provider = { ...code, level, columns, buttons, cache: shown.cache ?? code.cache };
  return { name, type: 'list', level, icon: described?.icon, provider };
}

/** Asks the database what each query returns. */
async function describeQueries(
  definitions: Iterable<XmlElement>,
  database: Database | undefined,
): Promise<Map<XmlElement, QueryAnswer>> {
  const answers = new Map<XmlElement, QueryAnswer>();
  if (!database) return answers;
  await Promise.all(
    [...definitions].flatMap(queried).map(async (queried) => {
      const [query] = elementsOf(queried, 'query');
      if (!query) return;
      const select = withParameters(textOf(query));
      const { writing, second } = outlineQuery(select);
      if (writing || second) return;
      answers.set(queried, await database.describe(select, parameterNames(readSelect(select, database.client))));
    }),
  );
  return answers;
}

/** What may hold a query: a definition, and the bands of a report. */
const queried = (metadata: XmlElement): XmlElement[] => [metadata, ...bandElements(metadata)];

function columnsOf(answer: QueryAnswer | undefined): readonly string[] | undefined {
  return answer && 'columns' in answer ? answer.columns : undefined;
}

/** Text in which nothing can be unsafe has no markup, no link and no address. */
const PLAIN = /^[^<&]*$/;
const LINKS = /\]\s*[([:]|:\/\/|www\./i;

/** What is taken out of the texts of notices. Reading Markdown is slow to load, so it is done only for texts that need it. */
async function removedMarkup({ layouts, messages }: Content): Promise<Map<string, readonly RemovedMarkup[]>> {
  const blocks = [...layouts.values()].flatMap((doc) => elementsOf(doc, 'block'));
  const names = blocks
    .filter((block) => attributeOf(block, 'type')?.value === 'notice')
    .map((block) => attributeOf(block, 'name')?.value ?? '');
  const texts = new Set(
    names.flatMap((name) =>
      messages.languages.map((language) => messages.text(language, 'dashboard', `${name}_text`) ?? ''),
    ),
  );
  const suspicious = [...texts].filter((text) => !PLAIN.test(text) || LINKS.test(text));
  if (suspicious.length === 0) return new Map();
  const { removedFrom } = await import('./pipeline/markdown.ts');
  return new Map(suspicious.map((text) => [text, removedFrom(text)]));
}
