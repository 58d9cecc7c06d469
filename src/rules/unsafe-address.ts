import { mayFrame } from '../frames.ts';
import { safeLink } from '../link.ts';
import { addressOf } from '../list-around.ts';
import { elementsNamed, type Rule } from '../rule.ts';
import { placeOfValue } from '../xml/node.ts';
import { quoted } from '../xml/problem.ts';

export const unsafeAddress: Rule = {
  code: 'unsafe-address',
  severity: 'error',
  about:
    'A block shows pages of other sites only when the setting LINTEL_FRAMES lists them: what stands in a frame looks like a part of the panel.',
  isFor: elementsNamed('block'),
  needs: ({ node }) => addressOf(node) !== undefined,
  *element({ node }, { names }) {
    const url = node.name === 'block' ? addressOf(node) : undefined;
    const link = url && safeLink(url.value);
    // Only a running panel knows its sites; an address that is no link is another finding.
    if (!names || !link || /^[/?#]/.test(link) || mayFrame(link, names.frames)) return;
    const isPage = /^https?:/.test(link);
    yield {
      message: isPage
        ? `The pages of ${quoted(new URL(link).host)} may not stand in a frame`
        : `${quoted(url.value)} is no page that could stand in a frame`,
      ...placeOfValue(url),
      hint: isPage ? howTo(link, names.frames) : 'Write an address that begins with https://, or a path of this site.',
    };
  },
};

function howTo(link: string, frames: readonly string[]): string {
  const site = link.startsWith('https:') ? new URL(link).host : new URL(link).origin;
  const known = frames.length > 0 ? ` Known: ${frames.join(', ')}.` : '';
  return `Add ${site} to the setting LINTEL_FRAMES.${known}`;
}
