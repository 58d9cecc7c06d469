export { autorenew } from './autorenew.ts';
export { order } from './order.ts';
export { pay } from './pay.ts';
export { renew } from './renew.ts';
