import { defineConfig } from 'vitest/config'

// Tests read the sources (condition "@broadsheet/source"), so they need no build and cannot test a stale one.
const conditions = ['@broadsheet/source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
