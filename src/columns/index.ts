export { date } from './date.ts';
export { flag } from './flag.ts';
export { message } from './message.ts';
export { money } from './money.ts';
export { text } from './text.ts';
