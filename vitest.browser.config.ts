import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    // One Chromium for all files; each test has a sandbox and browser contexts of its own.
    globalSetup: ['test/browser/support/one-chromium.ts'],
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
})
