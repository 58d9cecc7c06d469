export { check } from './check.ts';
export { demo } from './demo.ts';
export { serve } from './serve.ts';
