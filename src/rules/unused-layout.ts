import { layoutOf } from '../content-document.ts';
import { levelNames } from '../level.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../xml/problem.ts';

export const unusedLayout: Rule = {
  code: 'unused-layout',
  severity: 'info',
  about:
    'The name of the file is that of a layout for another manager, or for a level that nobody has, so nobody gets it.',
  *document({ root, source, path }, { manager }) {
    const layout = layoutOf(path);
    if (root?.name !== 'doc' || !layout) return;
    const place = { source, range: root.nameRange };
    const levels = Object.entries(levelNames).map(([name, level]) => `${level} ${name}`);
    if (layout.manager !== manager) {
      const hint = `This panel is ${quoted(manager)}; the setting LINTEL_MANAGER gives it another name.`;
      yield { ...place, message: `The layout is for the manager ${quoted(layout.manager)}`, hint };
    } else if (!Object.values(levelNames).includes(layout.level)) {
      yield { ...place, message: `Nobody has the level ${layout.level}`, hint: `Levels: ${levels.join(', ')}.` };
    }
  },
};
