import { createHash } from 'node:crypto';

/** A file that pages refer to, under a name that changes with its bytes. */
export interface Asset {
  readonly address: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** The assets that may be served, by their plain name: `lintel.css` is at `/assets/lintel-1f0c2b7a91.css`. */
export function hashAssets(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const [name, bytes] of files) {
    const [, stem, ending] = /^(.+)\.(\w+)$/.exec(name) ?? [];
    const type = TYPES[ending ?? ''];
    if (stem === undefined || type === undefined) continue;
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
    assets.set(name, { address: `/assets/${stem}-${hash}.${ending}`, type, bytes });
  }
  return assets;
}
