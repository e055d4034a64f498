import { defineConfig } from 'vitest/config'

/** Real engines start slowly on a busy machine; a test that hangs still ends. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    // Some end-to-end tests wait for the clock most of their time: more workers than cores, and those first.
    maxWorkers: 5,
    projects: [
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/e2e/globalSetup.ts'],
          ...patience,
          testTimeout: 180_000,
        },
      },
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...patience } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...patience } },
    ],
  },
})
