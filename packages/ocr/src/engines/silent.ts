import type { Engine } from '../engine.ts'
import { fingerprintOf } from './digest.ts'

/** An engine that reads nothing in any line: for trying out everything round the reading. */
export function createSilentEngine(): Engine {
  return {
    name: 'silent',
    version: '1',
    fingerprint: fingerprintOf({ engine: 'silent' }),
    languages: ['und'],
    async readLines(lines, { signal } = {}) {
      signal?.throwIfAborted()
      return lines.map(() => ({ text: '', confidence: 0, glyphs: [] }))
    },
    async close() {}
  }
}
