import type { BlockKind, BoundLink } from '../block.ts';
import { readAttributes } from '../element.ts';
import { toolbtn } from '../elements/index.ts';
import { addressOf } from '../function.ts';
import { levelTest } from '../level.ts';
import { safeLink } from '../link.ts';
import type { ListNames } from '../list.ts';
import { elementsOf, type XmlElement } from '../xml/node.ts';

/** Large links: `type="toolbar"`, the family's `type="taskbar"`, or any block named `taskbar`. */
export const toolbar: BlockKind = {
  name: 'toolbar',
  matches: ({ type, name }) => type === 'toolbar' || type === 'taskbar' || name === 'taskbar',
  bind: (element, _head, names) => ({
    links: elementsOf(element, 'toolbtn').flatMap((button) => bindLink(button, names) ?? []),
  }),
};

/** The documentation of the panel, opened by `window="help"`. */
const HELP = '/help';

function bindLink(element: XmlElement, { functions, level }: ListNames): BoundLink | undefined {
  const button = readAttributes(toolbtn, element);
  const target = functions.get(button.form ?? button.func ?? button.list ?? '');
  const isForbidden = !levelTest(button.level)(level) || target?.level(level) === false;
  const opened = target ? addressOf(target) : button.window && HELP;
  const address = button.url === undefined ? opened : safeLink(button.url);
  if (isForbidden || address === undefined) return undefined;
  const opensWindow = button.window !== undefined || /^https?:/.test(address);
  return { name: button.name, icon: button.img, address, opensWindow };
}
