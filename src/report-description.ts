/** Reads the elements of a report definition (`metadata type="report"`) into bands, diagrams and what the visitor may choose. */
import { type Database, parameterNames, readSelect } from './database.ts';
import { readColumn } from './definition.ts';
import { readAttributes } from './element.ts';
import * as elements from './elements/index.ts';
import type { FormDescription } from './form.ts';
import type { Guard } from './guard.ts';
import { levelTest } from './level.ts';
import { actionOf } from './list-around.ts';
import { PERIOD_PARAMETERS, type PeriodName, USUAL_PERIOD } from './period.ts';
import { ownerField, type Provider, type RowQuery, type RowSource } from './provider.ts';
import { scopeParameters, withParameters } from './query.ts';
import type { Band, BandColumn, BandSource, Diagram, Report } from './report.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from './xml/node.ts';

/** Where the rows of bands come from. */
export interface BandOrigins {
  readonly database: Database | undefined;
  readonly source: (database: Database, select: string) => (query: RowQuery) => RowSource;
  /** Stands around each provider. */
  readonly guard: Guard;
  /** What the query of a band returns, when a database was there to ask. */
  readonly fieldsOf: (band: XmlElement) => readonly string[] | undefined;
  /** The provider in TypeScript of that name. */
  readonly providerOf: (name: string) => Provider | undefined;
}

/** So many rows of a band are read at most: a report is there to be looked at. One more says that there are others. */
export const MOST_ROWS = 2000;

export function readReport(metadata: XmlElement, form: FormDescription | undefined, origins: BandOrigins): Report {
  const { name, firstrun, cache } = readAttributes(elements.metadata, metadata);
  const [period] = periodsOf(metadata);
  return {
    name,
    runsAtOnce: firstrun !== false,
    period: period && ((attributeOf(period, 'default')?.value as PeriodName | undefined) ?? USUAL_PERIOD),
    form,
    texts: elementsOf(metadata, 'text').map((text) => attributeOf(text, 'name')?.value ?? ''),
    bands: elementsOf(metadata, 'band').map((band) => readBand(band, metadata, origins)),
    cache,
  };
}

/** The `<period>`s of a report, wherever it has them. */
export function periodsOf(metadata: XmlElement): XmlElement[] {
  const below = (element: XmlElement): XmlElement[] =>
    elementsOf(element).flatMap((child) =>
      child.name === 'period' ? [child] : ['form', 'page', 'field'].includes(child.name) ? below(child) : [],
    );
  return below(metadata);
}

/** Every band of a report, the outer ones before those in them. */
export function bandElements(metadata: XmlElement): XmlElement[] {
  return elementsOf(metadata, 'band').flatMap((band) => [band, ...bandElements(band)]);
}

function readBand(element: XmlElement, metadata: XmlElement, origins: BandOrigins): Band {
  const { name, psort, level } = readAttributes(elements.band, element);
  return {
    name,
    level: levelTest(level),
    columns: elementsOf(element, 'col').map(readBandColumn),
    diagrams: elementsOf(element, 'diagram').flatMap((diagram) => readDiagram(diagram)),
    parentField: psort,
    bands: elementsOf(element, 'band').map((band) => readBand(band, metadata, origins)),
    source: sourceOf(element, metadata, origins),
  };
}

function readBandColumn(element: XmlElement): BandColumn {
  const { total, link } = readAttributes(elements.col, element);
  return {
    ...readColumn(element),
    total: total === 'count' || total === 'sum' ? total : undefined,
    isLink: link === true,
  };
}

function readDiagram(element: XmlElement): Diagram {
  const { name, type, label, data, level } = readAttributes(elements.diagram, element);
  const lines = elementsOf(element, 'line').map((line) => readAttributes(elements.line, line).data);
  return { name, type, label, data: data === undefined ? lines : [data, ...lines], level: levelTest(level) };
}

function sourceOf(band: XmlElement, metadata: XmlElement, origins: BandOrigins): BandSource | undefined {
  const { owner, level: levels, cache, name } = readAttributes(elements.metadata, metadata);
  const level = levelTest(levels);
  const [query] = elementsOf(band, 'query');
  const action = actionOf(band);
  if (query === undefined && action === undefined) return undefined;
  const shared = { name, level, cache, owner: ownerField(owner, level) };
  if (query === undefined) {
    const provider = origins.providerOf(action ?? '');
    if (!provider) return undefined;
    const { fields, identity } = provider;
    const prepare: typeof provider.prepare = (query) => {
      const rows = provider.prepare(query);
      return (scope, window, signal) => rows(scope, { ...window, limit: MOST_ROWS + 1 }, signal);
    };
    const both = (one: number) => level(one) && provider.level(one);
    const source = { ...shared, level: both, owner: provider.owner ?? shared.owner };
    return { ...source, prepare, fields, identity, parameters: [] };
  }
  const { database, source, guard } = origins;
  const bandName = readAttributes(elements.band, band).name;
  const identity = withParameters(textOf(query));
  const unread = { identity, fields: undefined, parameters: [], prepare: () => noRows };
  if (!database) return { ...shared, ...unread };
  const select = readSelect(identity, database.client);
  const ours = reportParameters(metadata);
  return {
    ...shared,
    identity,
    fields: origins.fieldsOf(band),
    parameters: parameterNames(select).filter((one) => !ours.includes(one)),
    prepare: guard(
      `${name}.${bandName}`,
      source(database, `select * from (${select.text}\n) as band limit ${MOST_ROWS + 1}`),
    ),
  };
}

/** The parameters that every query of a report may use: those of the engine, of its period and of its form. */
export function reportParameters(metadata: XmlElement): readonly string[] {
  return [
    ...Object.keys(scopeParameters),
    ...(periodsOf(metadata).length > 0 ? PERIOD_PARAMETERS : []),
    ...choicesOf(metadata).map((control) => attributeOf(control, 'name')?.value ?? ''),
  ];
}

/** The controls of a report's form. */
export function choicesOf(metadata: XmlElement): XmlElement[] {
  const below = (element: XmlElement): XmlElement[] =>
    elementsOf(element).flatMap((child) =>
      child.name === 'input' || child.name === 'select' ? [child] : below(child),
    );
  return elementsOf(metadata, 'form').flatMap(below);
}

const noRows: RowSource = () => Promise.reject(new Error('No database is open'));
