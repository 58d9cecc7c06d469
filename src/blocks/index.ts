export { list } from './list.ts';
export { notice } from './notice.ts';
export { report } from './report.ts';
export { state } from './state.ts';
export { toolbar } from './toolbar.ts';
export { url } from './url.ts';
