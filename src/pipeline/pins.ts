/** Pins: what an overlay changes, as it stood when somebody looked last. Where it has changed since, the check warns. */
import { createHash } from 'node:crypto';
import type { ContentDocument, Problem } from '../content-document.ts';
import type { Source } from '../diagnostics/source.ts';
import { quoted } from '../xml/problem.ts';
import type { Content } from './merge.ts';
import type { Target } from './overlay.ts';

interface Pin {
  readonly attributes: Readonly<Record<string, string>>;
  /** A digest of the text: whoever reads the pins looks at the names. */
  readonly text?: string;
  readonly children: readonly string[];
}

type Pins = ReadonlyMap<string, Pin>;

interface PinsFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The path of the pins of an overlay. */
export function pinsPath(overlay: string): string {
  return overlay.replace(/\.xml$/, '.pins.json');
}

/** The file of pins for what an overlay changes now. */
export function pinsFor(targets: readonly Target[]): string {
  const pins = Object.fromEntries(targets.map((target) => [target.name, pinOf(target)]));
  return `${JSON.stringify(pins, null, 2)}\n`;
}

/** Adds to each overlay what its pins say against its base, and to the first document what pins are left of overlays that are gone. */
export function comparePins(content: Content, files: readonly PinsFile[], only?: ReadonlySet<string>): Content {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const documents = content.documents.map((document): ContentDocument => {
    const file = byPath.get(pinsPath(document.path));
    if (!file) return document;
    const problems = problemsOf(file, document, content.overlaid.targets.get(document.path) ?? []);
    return { ...document, problems: [...document.problems, ...problems] };
  });
  const overlays = new Set(documents.map(({ path }) => pinsPath(path)));
  const left = files.filter(({ path }) => !overlays.has(path) && (!only || only.has(path))).map(leftOver);
  const [first] = documents;
  if (first && left.length > 0) documents[0] = { ...first, problems: [...first.problems, ...left] };
  return { ...content, documents };
}

function leftOver({ path, bytes }: PinsFile): Problem {
  const overlay = path.replace(/\.pins\.json$/, '.xml');
  return {
    code: 'invalid-pin',
    message: `There is no overlay ${quoted(overlay)} that is pinned here`,
    source: { path, text: Buffer.from(bytes).toString('utf8') },
    range: { start: 0, end: Math.min(1, bytes.length) },
    hint: 'Remove this file, or name it as the overlay is named now.',
  };
}

function problemsOf(file: PinsFile, { source }: ContentDocument, targets: readonly Target[]): Problem[] {
  const read = readPins({ path: file.path, text: Buffer.from(file.bytes).toString('utf8') }, source.path);
  if ('code' in read) return [read];
  return targets.flatMap((target) => {
    const pin = read.get(target.name);
    const changes = pin ? changesSince(pin, pinOf(target)) : [];
    return changes.length > 0 ? [changed(target, changes)] : [];
  });
}

function changed({ change, base, name }: Target, changes: readonly string[]): Problem {
  const [, what = name] = /^[^:]*: (.*)$/.exec(name) ?? [];
  return {
    code: 'invalid-pin',
    message: `The base of ${quoted(what)} has changed: ${changes.join('; ')}`,
    source: change.source,
    range: change.nameRange,
    hint: `Look whether the overlay is still right, then pin it again: lintel overlay pin ${change.source.path}`,
    related: [{ source: base.source, range: base.nameRange, message: 'the base as it is now' }],
  };
}

function pinOf({ attributes, text, children }: Target): Pin {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { attributes, ...(text !== '' && { text: digest }), children };
}

/** What is otherwise now, in words. */
function changesSince(before: Pin, now: Pin): string[] {
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(now.attributes)]);
  const attributes = [...names].flatMap((name) => {
    const [was, is] = [before.attributes[name], now.attributes[name]];
    if (was === is) return [];
    if (was === undefined) return [`${name}=${quoted(is ?? '')} is new`];
    return [is === undefined ? `${name}=${quoted(was)} is gone` : `${name} was ${quoted(was)} and is ${quoted(is)}`];
  });
  const gone = before.children.filter((child) => !now.children.includes(child)).map((child) => `"${child}" is gone`);
  const added = now.children.filter((child) => !before.children.includes(child)).map((child) => `"${child}" is new`);
  const isMoved = gone.length + added.length === 0 && before.children.join() !== now.children.join();
  const text = before.text === now.text ? [] : ['its text is another'];
  return [...attributes, ...text, ...gone, ...added, ...(isMoved ? ['its parts stand in another order'] : [])];
}

function readPins(source: Source, overlay: string): Pins | Problem {
  const hint = `Correct it, or write it anew: lintel overlay pin ${overlay}`;
  const wrong = (message: string, start: number): Problem => {
    const at = Math.min(start, Math.max(0, source.text.length - 1));
    return {
      code: 'invalid-pin',
      message,
      source,
      range: { start: at, end: Math.min(at + 1, source.text.length) },
      hint,
    };
  };
  let value: unknown;
  try {
    value = JSON.parse(source.text);
  } catch (error) {
    const place = /position (\d+)/.exec(String(error));
    return wrong('The file of pins is not JSON', place ? Number(place[1]) : source.text.trimEnd().length);
  }
  if (!isRecord(value)) return wrong('The file of pins is not an object', 0);
  const bad = Object.entries(value).find(([, pin]) => !isPin(pin));
  if (bad)
    return wrong(
      `The pin ${quoted(bad[0])} has no attributes and children as they are written`,
      source.text.indexOf(JSON.stringify(bad[0])),
    );
  return new Map(Object.entries(value as Record<string, Pin>));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isPin(value: unknown): value is Pin {
  if (!isRecord(value) || !isRecord(value.attributes) || !Array.isArray(value.children)) return false;
  const texts = [...Object.values(value.attributes), ...(value.children as unknown[]), value.text ?? ''];
  return texts.every((text) => typeof text === 'string');
}
