import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    // One Chromium for all files; each test has a sandbox and browser contexts of its own.
    globalSetup: ['test/browser/support/one-chromium.ts'],
    isolate: false,
    // People wait for each other more than they compute, so more of them than there are cores can be at it.
    maxWorkers: 4,
    testTimeout: 120_000,
    hookTimeout: 30_000,
  },
})
