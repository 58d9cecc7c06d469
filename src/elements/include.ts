import { defineElement, text } from '../element.ts';

export const include = defineElement({
  name: 'include',
  about: 'Stands for what another file holds; that file begins with the same element as stands around this one.',
  parents: [
    ...['doc', 'block', 'mgrdata', 'metadata', 'toolbar', 'toolgrp', 'toolbtn', 'coldata', 'col'],
    ...['form', 'page', 'field', 'select', 'buttons', 'lang', 'messages'],
  ],
  merge: 'no',
  attributes: {
    name: text('Path of the file from the folder of this one; `.xml` may be left out.'),
  },
});
