import type { Source } from '../diagnostics/source.ts';
import { decode } from './decode.ts';
import { findDoctype } from './doctype.ts';
import { passGate } from './gate.ts';
import { type XmlLimits, xmlLimits } from './limits.ts';
import type { XmlElement } from './node.ts';
import { passPlain } from './plain.ts';
import type { XmlProblem } from './problem.ts';
import { buildTree } from './tree.ts';

export type { XmlProblem } from './problem.ts';

/** A document as read: either its root element, or the one problem that kept it from being read. */
export interface XmlDocument {
  readonly source: Source;
  readonly root: XmlElement | undefined;
  readonly problems: readonly XmlProblem[];
}

/**
 * Reads an XML file: bytes to text, through the gate, to a tree with the place of every element, attribute name and
 * attribute value. Never throws, whatever the bytes are; `path` is what findings call the file.
 */
export function readXml(path: string, bytes: Uint8Array, limits: XmlLimits = xmlLimits): XmlDocument {
  const { source, problem } = decode(path, bytes, limits);
  if (problem) return refused(source, problem);
  const passed = passPlain(source, limits) ?? passGate(source, limits);
  if (passed.problem) return refused(source, passed.problem);
  const tree = buildTree(source, passed);
  return tree.root ? { source, root: tree.root, problems: [] } : refused(source, tree.problem);
}

// With a document type it would be refused whatever else is wrong, so that is what its author is told.
function refused(source: Source, problem: XmlProblem): XmlDocument {
  const doctype = problem.code === 'too-large' ? undefined : findDoctype(source);
  return { source, root: undefined, problems: [doctype ?? problem] };
}
