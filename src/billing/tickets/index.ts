export { edit } from './edit.ts';
export { close, reopen } from './group.ts';
export { newTicket } from './new.ts';
