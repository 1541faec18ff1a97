import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Those need a Chromium; npm run test:browser runs them.
    exclude: ['test/browser/**'],
    // The stories wait for sockets half of the time, so every core gets one; the default leaves one idle.
    maxWorkers: '100%',
    // No test changes a module, so files may share what a worker has loaded.
    isolate: false,
    // A story runs real HTTP on one machine; a test that takes this long is stuck, not slow.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
