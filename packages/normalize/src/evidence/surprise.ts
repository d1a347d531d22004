import type { LanguageModel } from '../language/language-model.ts'

/** More than so many bits of one symbol say no more than so many. */
const mostCounted = 20
/** How far the surroundings of a character reach. */
const reach = 30

/** What a symbol of running text costs on average, in bits: how well the model knows the language of a page. */
export function averageBits(model: Pick<LanguageModel, 'surprise'>, texts: readonly string[]): number {
  return average(texts.map((text) => model.surprise(text)))
}

/** What a symbol costs on average in the line or two round a character, without the character and the three that follow from it. */
export function bitsAround(surprise: Float64Array, at: number): number {
  return average([surprise.subarray(Math.max(0, at - reach), Math.max(0, at - 1)), surprise.subarray(at + 4, at + reach + 1)])
}

function average(costs: readonly Float64Array[]): number {
  let sum = 0
  let count = 0
  for (const some of costs)
    for (const bits of some)
      if (bits > 0) {
        sum += Math.min(bits, mostCounted)
        count++
      }
  return sum / Math.max(1, count)
}
