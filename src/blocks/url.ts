import type { BlockKind } from '../block.ts';
import { readAttributes } from '../element.ts';
import { block } from '../elements/index.ts';
import { safeLink } from '../link.ts';

/** A page in a frame, or, of this site, a link to it: pages of ours stand in no frame. */
export const url: BlockKind = {
  name: 'url',
  matches: ({ type }) => type === 'url',
  bind(element) {
    const { url, src, href, address: other = '', height = 'medium' } = readAttributes(block, element);
    const address = safeLink(url ?? src ?? href ?? other);
    return address === undefined
      ? {}
      : { frame: { address, height: heightOf(height), isOurs: !/^https?:/.test(address) } };
  },
};

/** Pixels become the next word. */
function heightOf(height: string): Height {
  const pixels = Number.parseInt(height, 10);
  if (Number.isNaN(pixels)) return height as Height;
  return pixels <= 240 ? 'small' : pixels <= 480 ? 'medium' : 'large';
}

type Height = 'small' | 'medium' | 'large';
