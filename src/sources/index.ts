export { codeProvider } from './code.ts';
export { createRemote, type RemoteOptions } from './remote.ts';
export { type Sharing, sharedSource } from './shared.ts';
export { sqlSource } from './sql.ts';
