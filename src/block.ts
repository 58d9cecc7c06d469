import type { BoundConcern, Concern } from './attention.ts';
import type { BoundBand } from './bound-band.ts';
import type { BoundList, ListNames } from './list.ts';
import type { BoundNotice } from './notice.ts';
import type { XmlElement } from './xml/node.ts';

/** What every block has, whatever its kind; read from its attributes when the plan is made. */
export interface BlockHead {
  readonly name: string;
  readonly position: 'top' | 'left' | 'right';
  readonly title: string | undefined;
  readonly func: string | undefined;
  readonly rows: number | undefined;
  readonly isCollapsed: boolean;
  /** Milliseconds its provider may take. */
  readonly timeout: number;
  /** Seconds for which its rows may be kept. */
  readonly cache: number | undefined;
  /** Seconds for which rows of before stand in when its provider fails. */
  readonly stale: number;
  /** Seconds after which an open page asks for it anew. */
  readonly refresh: number | undefined;
  /** What a visitor may not change. */
  readonly locks: readonly Lock[];
  /** What of its rows needs the visitor. */
  readonly attention: readonly Concern[];
}

export type Lock = 'position' | 'presence' | 'collapse';

export interface BlockBody {
  /** Large links, in a toolbar block. */
  readonly links?: readonly BoundLink[];
  /** Rows, in a list block. */
  readonly list?: BoundList;
  /** What of its rows needs the visitor, in a list block. */
  readonly concerns?: readonly BoundConcern[];
  /** What a notice block says of its notices; the rows of its list are notices, too. */
  readonly notice?: BoundNotice;
  /** Another page, in a url block. */
  readonly frame?: BoundFrame;
  /** A band of a report, in a report block. */
  readonly band?: BoundBand;
}

export interface BoundBlock extends BlockHead, BlockBody {
  readonly kind: string;
  /** Tells it, as a visitor has it, from the block of the layout; missing for that. */
  readonly variant?: string;
  /** The visitor sees only its heading. */
  readonly isFolded?: boolean;
}

export interface BoundLink {
  readonly name: string;
  readonly icon: string | undefined;
  readonly address: string;
  readonly opensWindow: boolean;
}

export interface BoundFrame {
  readonly address: string;
  readonly height: 'small' | 'medium' | 'large';
  /** A page of this site: it is linked, and not framed. */
  readonly isOurs: boolean;
}

/**
 * A block kind binds its element to what stands behind it; what it looks like is `templates/blocks/NAME.njk`.
 * It is registered in `blocks/index.ts`.
 */
export interface BlockKind {
  readonly name: string;
  /** Whether an element is of this kind; the first kind that says yes has it. */
  matches(head: { readonly type: string; readonly name: string }): boolean;
  bind(element: XmlElement, head: BlockHead, names: ListNames): BlockBody;
}
