import { check } from './check.ts';
import { demo } from './demo.ts';
import { serve } from './serve.ts';

export const commands = [serve, check, demo];
