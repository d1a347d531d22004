import type { Engine } from '../engine.ts'
import { fingerprintOf } from './digest.ts'
import { voteLine } from './vote.ts'

/** Raised when a change of the vote can change a reading. */
const revision = 3

/** Two engines that read every line and vote; what each read stays in the reading's `readings` where they differ. */
export function readTogether(first: Engine, second: Engine): Engine {
  return {
    name: `${first.name}+${second.name}`,
    version: `${first.version}; ${second.version}`,
    fingerprint: fingerprintOf({ engine: 'together', revision, first: first.fingerprint, second: second.fingerprint }),
    languages: first.languages.filter((language) => second.languages.includes(language)),
    async readLines(lines, options) {
      const ones = await first.readLines(lines, options)
      if (options?.rough) return ones
      const others = await second.readLines(lines, options)
      return lines.map(({ direction }, index) => {
        const one = { engine: first.name, reading: ones[index]! }
        const other = { engine: second.name, reading: others[index]! }
        const { reading, readings } = voteLine(one, other, direction)
        return readings.length > 0 ? { ...reading, readings } : reading
      })
    },
    async close() {
      await Promise.all([first.close(), second.close()])
    }
  }
}
