/** Between which two values a rate lies, with 95 % confidence. */
export interface Interval {
  readonly low: number
  readonly high: number
}

const rounds = 1000
/** Fewer pages tell nothing of other pages. */
const fewest = 5

/**
 * Percentile bootstrap (Efron 1979) of errors per length over pages: pages are drawn anew, since the errors of one page are not
 * independent of each other. The same numbers on every machine; undefined for fewer than five pages.
 */
export function bootstrap(pages: readonly { readonly errors: number; readonly length: number }[]): Interval | undefined {
  if (pages.length < fewest) return undefined
  const next = generator(pages.length)
  const rates: number[] = []
  for (let round = 0; round < rounds; round++) {
    let [errors, length] = [0, 0]
    for (let draw = 0; draw < pages.length; draw++) {
      const page = pages[next(pages.length)]!
      errors += page.errors
      length += page.length
    }
    rates.push(length === 0 ? 0 : errors / length)
  }
  rates.sort((a, b) => a - b)
  return { low: rates[Math.floor(rounds * 0.025)]!, high: rates[Math.floor(rounds * 0.975)]! }
}

/** Whole numbers below `n` (mulberry32). */
function generator(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}
