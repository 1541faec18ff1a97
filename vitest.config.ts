import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A story runs real HTTP on one machine; a test that takes this long is stuck, not slow.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
