import { type ErrorRate, type ErrorRateOptions, encodeUnits, rateOf } from './error-rate.ts'
import { fold } from './fold.ts'
import type { Vocabulary } from './tokens.ts'

/**
 * The part of the error rate that no reading order can explain: what is missing from or surplus to the truth when both are
 * taken as bags. Never above `errorRate` of the same texts.
 */
export function bagErrorRate(truth: string, text: string, options: ErrorRateOptions = {}): ErrorRate {
  const vocabulary: Vocabulary = new Map()
  const unit = options.unit ?? 'grapheme'
  const side = (value: string): Int32Array => encodeUnits(options.fold ? fold(value, options.fold) : value, unit, vocabulary)
  const [wanted, found] = [side(truth), side(text)]
  const balance = new Map<number, number>()
  for (const id of wanted) balance.set(id, (balance.get(id) ?? 0) + 1)
  for (const id of found) balance.set(id, (balance.get(id) ?? 0) - 1)
  let [missing, surplus] = [0, 0]
  for (const count of balance.values()) {
    missing += Math.max(0, count)
    surplus += Math.max(0, -count)
  }
  const errors = Math.max(missing, surplus)
  return { errors, length: wanted.length, textLength: found.length, rate: rateOf(errors, wanted.length), exact: true }
}
