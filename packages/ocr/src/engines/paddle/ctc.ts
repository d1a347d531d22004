import type { Variant } from '@broadsheet/document'
import type { StepProbabilities } from './runtime.ts'

/** One character the network saw, with the steps (columns of its output) where it was the best. */
export interface Peak {
  readonly text: string
  /** Greatest probability over its steps, 0 to 1. */
  readonly confidence: number
  readonly firstStep: number
  readonly lastStep: number
  /** Other characters at the step where it was surest, best first. */
  readonly variants: readonly Variant[]
}

const variantCount = 4
const leastVariant = 0.001

/**
 * Best-path decoding of connectionist temporal classification (Graves et al. 2006): the best class of each step,
 * runs taken once, blanks dropped. Class 0 is the blank.
 */
export function decodeCtc(output: StepProbabilities, characters: readonly string[]): Peak[] {
  const peaks: Peak[] = []
  let runClass = 0
  let runStart = 0
  let surest = 0
  for (let step = 0; step <= output.steps; step++) {
    const best = step < output.steps ? bestClass(output, step) : 0
    if (best === runClass && step < output.steps) {
      if (probability(output, step, best) > probability(output, surest, best)) surest = step
      continue
    }
    if (runClass !== 0) peaks.push(peakAt(output, characters, runClass, runStart, step - 1, surest))
    runClass = best
    runStart = step
    surest = step
  }
  return peaks
}

/** Less is a guess among thousands; and of a mark, which smears make too. */
const leastGuess = 0.02
const leastMark = 0.05

/**
 * What a stretch of steps looks most like, where the network itself settled for nothing: it passes over characters it has
 * hardly been taught. None when nothing comes to mind. @param lastStep included @param mark whether only a mark is looked for
 */
export function likeliestIn(
  output: StepProbabilities,
  characters: readonly string[],
  { firstStep, lastStep, mark = false }: { readonly firstStep: number; readonly lastStep: number; readonly mark?: boolean }
): Peak | undefined {
  let [step, index] = [firstStep, 0]
  for (let at = Math.max(0, firstStep); at <= Math.min(lastStep, output.steps - 1); at++)
    for (let each = 1; each < output.classes; each++)
      if ((index === 0 || probability(output, at, each) > probability(output, step, index)) && isSought(characters[each], mark))
        [step, index] = [at, each]
  if (index === 0 || probability(output, step, index) < (mark ? leastMark : leastGuess)) return undefined
  return peakAt(output, characters, index, firstStep, lastStep, step)
}

function isSought(text: string | undefined, mark: boolean): boolean {
  if (text === undefined) return false
  return mark ? /^[，。、；：！？“”‘’《》（）]$/u.test(text) : text.trim() !== ''
}

function probability(output: StepProbabilities, step: number, index: number): number {
  return output.values[step * output.classes + index]!
}

/** The probabilities of a step add up to 1: what has more than half is the best, and nobody need look at thousands of others. */
function bestClass({ values, classes }: StepProbabilities, step: number): number {
  const start = step * classes
  let best = 0
  let most = values[start]!
  for (let index = 1; index < classes && most <= 0.5; index++) {
    const value = values[start + index]!
    if (value > most) {
      most = value
      best = index
    }
  }
  return best
}

function peakAt(
  output: StepProbabilities,
  characters: readonly string[],
  index: number,
  firstStep: number,
  lastStep: number,
  surest: number
): Peak {
  const confidence = probability(output, surest, index)
  const variants = confidence > 1 - leastVariant ? [] : variantsAt(output, characters, surest, index)
  return { text: characters[index] ?? '', confidence, firstStep, lastStep, variants }
}

function variantsAt(output: StepProbabilities, characters: readonly string[], step: number, taken: number): Variant[] {
  const found: Variant[] = []
  for (let index = 1; index < output.classes; index++) {
    const confidence = probability(output, step, index)
    if (index === taken || confidence < leastVariant) continue
    found.push({ text: characters[index] ?? '', confidence })
  }
  return found.sort((a, b) => b.confidence - a.confidence || (a.text < b.text ? -1 : 1)).slice(0, variantCount)
}
