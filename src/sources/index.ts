export { codeProvider } from './code.ts';
export { type Sharing, sharedSource } from './shared.ts';
export { sqlSource } from './sql.ts';
