import type { BlockKind } from '../block.ts';
import { readAttributes } from '../element.ts';
import { block } from '../elements/index.ts';
import { safeLink } from '../link.ts';

/** A page in a frame, or, of this site, a link to it: pages of ours stand in no frame. */
export const url: BlockKind = {
  name: 'url',
  matches: ({ type }) => type === 'url',
  bind(element) {
    const { url = '', height = 'medium' } = readAttributes(block, element);
    const address = safeLink(url);
    return address === undefined ? {} : { frame: { address, height, isOurs: !/^https?:/.test(address) } };
  },
};
