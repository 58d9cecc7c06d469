import { defineElement, optional, ROOT, text } from '../element.ts';

const runtime = () => optional(text('Written by a running panel; read over.'));

export const doc = defineElement({
  name: 'doc',
  about: 'A layout: the home page of one access level.',
  parents: [ROOT, 'xml', 'mgrdata'],
  attributes: {
    lang: runtime(),
    func: runtime(),
    binary: runtime(),
    host: runtime(),
    stylesheet: runtime(),
    theme: runtime(),
    css: runtime(),
    logo: runtime(),
    logolink: runtime(),
    favicon: runtime(),
    localdir: runtime(),
    themename: runtime(),
    features: runtime(),
    notify: runtime(),
    favorite: runtime(),
    pin: runtime(),
  },
});
