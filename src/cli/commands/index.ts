export { check } from './check.ts';
export { demo } from './demo.ts';
export { explain } from './explain.ts';
export { importFiles as import } from './import.ts';
export { overlay } from './overlay.ts';
export { schema } from './schema.ts';
export { serve } from './serve.ts';
export { why } from './why.ts';
