export { github } from './github.ts';
export { json } from './json.ts';
export { line } from './line.ts';
export { pretty } from './pretty.ts';
export { sarif } from './sarif.ts';
