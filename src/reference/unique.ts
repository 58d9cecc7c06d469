export interface Unique {
  readonly name: string;
  readonly select: string;
  /** What must differ; `@name` when it is missing. */
  readonly field?: string;
}

/** Which elements in an element must differ in their names, as the `xs:unique` of a schema selects them. `duplicate-name` says the same. */
export const UNIQUE: Readonly<Record<string, readonly Unique[]>> = {
  doc: [{ name: 'block', select: 'block' }],
  block: [
    { name: 'toolbtn', select: 'toolbtn' },
    { name: 'col', select: 'col' },
  ],
  metadata: [
    { name: 'toolbtn', select: 'toolbar/toolbtn | toolbar/toolgrp/toolbtn' },
    { name: 'col', select: 'coldata/col' },
    { name: 'band', select: 'band' },
  ],
  toolbar: [{ name: 'toolgrp', select: 'toolgrp' }],
  col: [{ name: 'prop', select: 'prop' }],
  form: [
    { name: 'page', select: 'page' },
    { name: 'field', select: 'field | page/field' },
    {
      name: 'control',
      select: ['input', 'select', 'textarea', 'textdata', 'list']
        .flatMap((control) => [`field/${control}`, `page/field/${control}`])
        .join(' | '),
    },
  ],
  buttons: [{ name: 'button', select: 'button' }],
  messages: [{ name: 'msg', select: 'msg' }],
  list: [{ name: 'col', select: 'col' }],
  band: ['col', 'diagram', 'band'].map((name) => ({ name, select: name })),
  select: [{ name: 'val', select: 'val', field: '@key' }],
};
