/** The bands of a report, bound for a level: each is a list that asks for the fields its columns, diagrams and inner bands need. */
import { type BoundList, bindList, declaredSort, type ListNames } from './list.ts';
import type { Column, Provider } from './provider.ts';
import { type Band, type BandColumn, type Diagram, type DiagramType, type Report, reportAddress } from './report.ts';

export interface BoundBand {
  /** The names of the bands around it and its own: `month.service`. */
  readonly id: string;
  readonly name: string;
  readonly func: string;
  readonly address: string;
  readonly list: BoundList | undefined;
  readonly totals: ReadonlyMap<string, 'count' | 'sum'>;
  /** The column whose cells lead to the inner bands. */
  readonly link: string | undefined;
  readonly diagrams: readonly BoundDiagram[];
  readonly belonging: Belonging;
  readonly bands: readonly BoundBand[];
}

/** How the rows of an inner band belong to those of the outer one: by a field of both, one question for each row, or not at all. */
export type Belonging =
  | { readonly by: 'field'; readonly field: string }
  | { readonly by: 'row'; readonly fields: readonly string[] }
  | { readonly by: 'nothing' };

export interface BoundDiagram {
  readonly name: string;
  readonly type: DiagramType;
  readonly label: Column;
  readonly data: readonly Column[];
}

/** The bands of a report that a level may see, in their order. */
export function bindBands(report: Report, names: ListNames): BoundBand[] {
  return bindAll(report.bands, { report: report.name, path: '', outer: [] }, names);
}

interface Around {
  readonly report: string;
  readonly path: string;
  /** The names of the bands around. */
  readonly outer: readonly string[];
}

function bindAll(bands: readonly Band[], around: Around, names: ListNames): BoundBand[] {
  const isSeen = ({ level, source }: Band) => level(names.level) && source?.level(names.level) !== false;
  return bands.filter(isSeen).map((band) => bindBand(band, around, names));
}

function bindBand(band: Band, { report, path, outer }: Around, names: ListNames): BoundBand {
  const { level } = names;
  const id = path === '' ? band.name : `${path}.${band.name}`;
  const columns = band.columns.filter((column) => column.level(level));
  const diagrams = band.diagrams.flatMap((diagram) => bindDiagram(diagram, band, level) ?? []);
  return {
    id,
    name: band.name,
    func: report,
    address: reportAddress(report),
    list: band.source && listOf(band, { report, columns, diagrams, fields: neededBelow(band) }, names),
    totals: new Map(columns.flatMap(({ name, total, hidden }) => (total && !hidden ? [[name, total] as const] : []))),
    link: columns.find(({ isLink, hidden }) => isLink && !hidden)?.name,
    diagrams,
    belonging: belongingOf(band, outer),
    bands: bindAll(band.bands, { report, path: id, outer: [...outer, band.name] }, names),
  };
}

/** A diagram that shows what the level may not see is not there. */
function bindDiagram({ name, type, level: test, label, data }: Diagram, band: Band, level: number) {
  const columnOf = (field: string) => band.columns.find((column) => column.name === field) ?? plainColumn(field);
  const bound: BoundDiagram = { name, type, label: columnOf(label), data: data.map(columnOf) };
  const isSeen = [bound.label, ...bound.data].every((column) => column.level(level));
  return test(level) && isSeen && data.length > 0 ? bound : undefined;
}

interface ListParts {
  readonly report: string;
  readonly columns: readonly BandColumn[];
  readonly diagrams: readonly BoundDiagram[];
  /** What inner bands ask of its rows. */
  readonly fields: readonly string[];
}

function listOf({ source, parentField }: Band, parts: ListParts, names: ListNames): BoundList | undefined {
  const { report, columns, diagrams } = parts;
  const drawn = diagrams.flatMap(({ label, data }) => [label, ...data]);
  const unseen = [...parts.fields, ...(parentField === undefined ? [] : [parentField])].map(plainColumn);
  const fields = source?.fields;
  const known = [...columns, ...drawn, ...unseen.filter(({ name }) => fields?.includes(name) ?? true)];
  const all = known.filter(({ name }, at) => known.findIndex((one) => one.name === name) === at);
  const [first] = all;
  if (!source || !first) return undefined;
  const shown = new Set<string>(columns.map(({ name }) => name));
  // Rows are added up when they are there.
  const asked = all.map((column) => ({
    ...column,
    total: undefined,
    hidden: column.hidden || !shown.has(column.name),
  }));
  const provider: Provider = {
    ...source,
    name: report,
    key: first.name,
    keyname: first.name,
    columns: asked,
    buttons: [],
  };
  return bindList({ provider, columns: asked, buttons: [], sort: declaredSort(columns), limit: undefined }, names);
}

/** The fields of a band's rows that the bands in it ask for. */
function neededBelow(band: Band): string[] {
  const fields = band.source?.fields;
  return band.bands.flatMap((inner) => {
    const wanted = [
      ...(inner.parentField === undefined ? [] : [inner.parentField]),
      ...(inner.source?.parameters ?? []),
    ];
    const plain = wanted.map((name) => ownField(name, [band.name]));
    return [
      ...plain.filter((name) => fields?.includes(name)),
      ...neededBelow(inner).filter((name) => fields?.includes(name)),
    ];
  });
}

/** `month__name` is the field `name` of the band `month`. */
function ownField(parameter: string, bands: readonly string[]): string {
  const band = bands.find((name) => parameter.startsWith(`${name}__`));
  return band === undefined ? parameter : parameter.slice(band.length + 2);
}

function belongingOf({ parentField, source }: Band, outer: readonly string[]): Belonging {
  if (outer.length === 0) return { by: 'nothing' };
  if (parentField !== undefined && source?.fields?.includes(parentField) !== false)
    return { by: 'field', field: parentField };
  const fields = source?.parameters ?? [];
  return fields.length > 0 ? { by: 'row', fields } : { by: 'nothing' };
}

/** A field of the rows that no column is about. */
function plainColumn(name: string): Column {
  return {
    name,
    type: 'data',
    sortable: false,
    sorted: undefined,
    currency: undefined,
    align: undefined,
    hidden: true,
    level: () => true,
    props: [],
  };
}
