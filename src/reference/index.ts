export { namesByKind } from './names.ts';
export { xsd } from './xsd.ts';
