/** One revision of the content, compiled: files → documents → content → findings → plans. The steps of `pipeline/`, in order. */
import { validators } from '#validators';
import type { Catalogue } from './catalogue.ts';
import type { ContentFile, ContentFiles } from './content.ts';
import type { PlacedDocument } from './content-document.ts';
import { type Database, parameterNames, readSelect } from './database.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { FunctionDescription } from './function.ts';
import type { ListNames } from './list.ts';
import { bind, bindDefinitions, listNames } from './pipeline/bind.ts';
import { check } from './pipeline/check.ts';
import { type Content, merge } from './pipeline/merge.ts';
import type { Plan } from './pipeline/plan.ts';
import { outlineQuery } from './query.ts';
import type { QueryAnswer, RemovedMarkup } from './rule.ts';
import { codeProvider, sharedSource, sqlSource } from './sources/index.ts';
import type { XmlLimits } from './xml/limits.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from './xml/node.ts';
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
  /** Only structure is checked: the names in the files are registered elsewhere. */
  readonly structureOnly?: boolean;
  /** How large a document may be; missing for the usual limits. */
  readonly limits?: XmlLimits | undefined;
  /** Sites whose pages may stand in a frame. */
  readonly frames?: readonly string[] | undefined;
  /** When the content is checked; without it, nothing is said of what is over. */
  readonly now?: Date;
  /** Paths of the documents to check; all of them when it is missing. */
  readonly only?: ReadonlySet<string>;
}

export async function compileContent(
  files: Pick<ContentFiles, 'documents'> & Partial<Pick<ContentFiles, 'pins'>>,
  context: RevisionContext,
): Promise<Revision> {
  const { catalogue, database } = context;
  const { elements } = catalogue;
  const documents = files.documents.map((file) => readFile(file, context.limits));
  const content = await withPins(merge(documents, { manager: context.manager, elements }), files.pins);
  const { before, sources } = content.overlaid;
  const definitions = [...content.definitions.values()];
  const changed =
    sources.size === 0 ? [] : [...before.definitions.values()].filter((one) => !definitions.includes(one));
  const answers = await describeQueries([...definitions, ...changed], database);
  const bound = (elements: Iterable<XmlElement>) =>
    bindDefinitions(elements, {
      database,
      source: sqlSource,
      share: sharedSource,
      fieldsOf: (element) => columnsOf(answers.get(element)),
      formOf: (name) => catalogue.forms.find((form) => form.name === name),
    });
  const functions = byName([
    ...bound(definitions),
    ...catalogue.providers.map((definition) => functionOf(definition, database)),
  ]);
  const rest = { icons: context.icons, connections: new Set<string>(), frames: context.frames ?? [] };
  const removed = await removedMarkup(content);
  const diagnostics = check(
    { content, only: context.only },
    {
      elements,
      manager: context.manager,
      structureOnly: context.structureOnly === true,
      names: context.structureOnly ? undefined : { ...rest, functions, messages: content.messages },
      namesBefore:
        context.structureOnly || sources.size === 0
          ? undefined
          : { ...rest, functions: byName([...functions.values(), ...bound(changed)]), messages: before.messages },
      query: (metadata) => answers.get(metadata),
      removed: (text) => removed.get(text),
      now: context.now,
    },
    { rules: catalogue.rules, validators },
  );
  const names = (level: number) => listNames(level, functions, catalogue);
  const isBroken = diagnostics.some(({ severity }) => severity === 'error');
  const plans = new Map(
    isBroken ? [] : [...content.layouts].map(([level, doc]) => [level, bind(doc, names(level), catalogue)]),
  );
  return { content, diagnostics, functions, plans, names };
}

function readFile({ path, place = path, bytes, stored }: ContentFile, limits: XmlLimits | undefined): PlacedDocument {
  return { ...(stored ? restoreDocument(path, stored) : readXml(path, bytes, limits)), path: place };
}

/** Says of each overlay with pins what of its base has changed since. */
async function withPins(content: Content, pins: ContentFiles['pins'] = []): Promise<Content> {
  if (pins.length === 0) return content;
  const { comparePins } = await import('./pipeline/pins.ts');
  return comparePins(content, pins);
}

function byName(functions: readonly FunctionDescription[]): ReadonlyMap<string, FunctionDescription> {
  return new Map(functions.map((description) => [description.name, description]));
}

function functionOf(definition: Catalogue['providers'][number], database: Database | undefined): FunctionDescription {
  const provider = codeProvider(definition, database);
  return { name: provider.name, type: 'list', level: provider.level, provider };
}

/** Asks the database what each query returns. */
async function describeQueries(
  definitions: Iterable<XmlElement>,
  database: Database | undefined,
): Promise<Map<XmlElement, QueryAnswer>> {
  const answers = new Map<XmlElement, QueryAnswer>();
  if (!database) return answers;
  await Promise.all(
    [...definitions].map(async (metadata) => {
      const [query] = elementsOf(metadata, 'query');
      if (!query) return;
      const select = textOf(query);
      const { writing, second } = outlineQuery(select);
      if (writing || second) return;
      answers.set(metadata, await database.describe(select, parameterNames(readSelect(select, database.client))));
    }),
  );
  return answers;
}

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
