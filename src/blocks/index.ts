export { list } from './list.ts';
export { toolbar } from './toolbar.ts';
