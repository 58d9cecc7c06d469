export { card } from './card.ts';
export { date } from './date.ts';
export { flag } from './flag.ts';
export { indicator } from './indicator.ts';
export { list } from './list.ts';
export { message } from './message.ts';
export { money } from './money.ts';
export { text } from './text.ts';
