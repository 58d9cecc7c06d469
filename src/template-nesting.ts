/** Whether the tags of a template close what they open: said at the tag, which nunjucks does not. */
import type { Finding } from './diagnostics/diagnostic.ts';
import type { Range, Source } from './diagnostics/source.ts';
import { nearest, suggest } from './diagnostics/suggest.ts';
import type { Segment } from './template.ts';

/** Tags of nunjucks that enclose something, and what may stand between their ends. */
const ENCLOSING: Readonly<Record<string, readonly string[]>> = {
  if: ['elif', 'elseif', 'else'],
  for: ['else'],
  macro: [],
  call: [],
  filter: [],
  block: [],
  set: [],
  switch: ['case', 'default'],
};
const ALONE = ['include', 'import', 'from', 'extends', 'set'];

interface Open extends Range {
  readonly word: string;
}

/** The first slip in the nesting of tags; `ours` are Lintel's own, and whether they enclose something. */
export function slipInNesting(
  source: Source,
  segments: readonly Segment[],
  ours: ReadonlyMap<string, boolean>,
): Finding | undefined {
  const open: Open[] = [];
  for (const segment of segments) {
    const unclosed = slipInEnd(source, segment);
    if (unclosed) return unclosed;
    if (segment.kind !== 'tag' || segment.word === undefined) continue;
    const word = { ...placeOf(source, segment), word: segment.word };
    const slip = word.word.startsWith('end') ? close(source, word, open) : enter(source, word, { segment, open, ours });
    if (slip) return slip;
  }
  const last = open.at(-1);
  return last && unclosed(source, last);
}

function slipInEnd({ path, text }: Source, { kind, start, end }: Segment): Finding | undefined {
  const closing = { text: '', output: '}}', tag: '%}', comment: '#}' }[kind];
  if (text.slice(start, end).endsWith(closing) && end - start >= closing.length * 2) return undefined;
  const range = { start, end: start + 2 };
  return {
    source: { path, text },
    range,
    message: `"${text.slice(start, start + 2)}" is not closed`,
    hint: `Write ${closing}.`,
  };
}

function unclosed(source: Source, { word, start, end }: Open): Finding {
  const hint = `Write {% end${word} %}.`;
  return { source, range: { start, end }, message: `{% ${word} %} is not closed`, hint };
}

function close(source: Source, word: Open, open: Open[]): Finding | undefined {
  const last = open.pop();
  if (last && word.word === `end${last.word}`) return undefined;
  if (last && open.some((one) => word.word === `end${one.word}`)) return unclosed(source, last);
  const message = `{% ${word.word} %} closes nothing`;
  if (!last) return { ...at(source, word), message, hint: 'Remove it, or write the tag that it closes.' };
  return {
    ...at(source, word),
    message,
    hint: `Write {% end${last.word} %} first.`,
    related: [{ ...at(source, last), message: `{% ${last.word} %} is open here` }],
  };
}

function enter(
  source: Source,
  word: Open,
  { segment, open, ours }: { segment: Segment; open: Open[]; ours: ReadonlyMap<string, boolean> },
): Finding | undefined {
  const around = open.at(-1);
  const isBetween =
    around && (ENCLOSING[around.word]?.includes(word.word) || (ours.has(around.word) && word.word === 'else'));
  if (isBetween) return undefined;
  const between = Object.values(ENCLOSING).flat();
  if (between.includes(word.word))
    return { ...at(source, word), message: `{% ${word.word} %} stands outside of what it divides` };
  const isKnown = Object.hasOwn(ENCLOSING, word.word) || ALONE.includes(word.word) || ours.has(word.word);
  if (!isKnown) {
    const known = [...Object.keys(ENCLOSING), ...ALONE, ...ours.keys()];
    const meant = nearest(word.word, [...known, ...between]);
    const hint = meant ? `Did you mean "${meant}"?` : suggest(word.word, known);
    return { ...at(source, word), message: `No tag is named "${word.word}"`, hint };
  }
  const isSet = word.word === 'set' && /^[^=]*=/.test(source.text.slice(segment.start, segment.end));
  const encloses = ours.get(word.word) ?? (Object.hasOwn(ENCLOSING, word.word) && !isSet);
  if (encloses) open.push(word);
  return undefined;
}

function placeOf({ text }: Source, { start, end, word = '' }: Segment): Range {
  const from = text.slice(start, end).indexOf(word);
  return { start: start + from, end: start + from + word.length };
}

const at = (source: Source, { start, end }: Range) => ({ source, range: { start, end } });
