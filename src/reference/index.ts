export { diagnosticsPage } from './diagnostics-page.ts';
export { namesByKind } from './names.ts';
export { elementTables } from './tables.ts';
export { xsd } from './xsd.ts';
