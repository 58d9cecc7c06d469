import { defineElement, presence } from '../element.ts';

export const toolsep = defineElement({
  name: 'toolsep',
  about: 'A separator between buttons.',
  parents: ['toolbar', 'toolgrp'],
  merge: 'no',
  attributes: { ...presence },
});
