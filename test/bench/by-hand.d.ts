import Koa from 'koa';
/** What the page shows beside rows, taken from a page of Lintel so that both are the same. */
export interface Fixed {
  readonly sprite: string;
  readonly favicon: string;
  readonly stylesheet: string;
  readonly tones: Readonly<Record<string, string>>;
  readonly navigation: readonly {
    address: string;
    title: string;
  }[];
}
export declare function createByHand(
  path: string,
  fixed: Fixed,
  today: Date,
): Koa<Koa.DefaultState, Koa.DefaultContext>;
