export { codeProvider } from './code.ts';
export { sqlSource } from './sql.ts';
