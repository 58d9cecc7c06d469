/** What a request puts into the segments of a page, and how it is set to a block. */
import { formatsOf } from './formats.ts';
import { NOTHING, type Outcome } from './pipeline/load.ts';
import type { Frame, Segment } from './pipeline/segments.ts';
import type { Scope } from './provider.ts';

/** What is known of a page; what is left out is nothing. */
export function frameOf(scope: Scope, shown: Partial<Shown> = {}): Frame {
  const { outcomes = NONE, outcome = NOTHING, notice = '', needs = NO_NEEDS, need = '' } = shown;
  const { noteOf, standing = NOWHERE, folded } = shown;
  return {
    scope,
    formats: formatsOf(scope.language, scope.zone),
    outcomes,
    outcome,
    notice,
    needs,
    need,
    noteOf,
    folded,
    note: '',
    standing,
    filling: '',
    row: [],
  };
}

type Shown = {
  [K in 'outcomes' | 'outcome' | 'notice' | 'needs' | 'need' | 'noteOf' | 'standing' | 'folded']: Frame[K] | undefined;
};

const NONE: ReadonlyMap<string, Outcome> = new Map();
const NO_NEEDS: ReadonlyMap<string, string> = new Map();
const NOWHERE: Frame['standing'] = new Map();

/** Sets the frame to a block while its segment is drawn. */
export function focus(segment: Segment, name: string): Segment {
  return (frame) => {
    focusOn(frame, name);
    return segment(frame);
  };
}

/** Sets the frame to a block, which is drawn next. */
export function focusOn(frame: Frame, name: string): void {
  const outcome = frame.outcomes.get(name);
  if (outcome) frame.outcome = outcome;
  frame.need = frame.needs.get(name) ?? '';
  frame.note = frame.noteOf ? frame.noteOf(name) : '';
}
