export { list } from './list.ts';
export { notice } from './notice.ts';
export { report } from './report.ts';
export { toolbar } from './toolbar.ts';
export { url } from './url.ts';
