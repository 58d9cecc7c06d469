import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Times are measured, and browsers waited for, on machines that others use too.
    retry: process.env.CI ? 1 : 0,
    reporters: ['default', './test/count-reporter.ts'],
  },
});
