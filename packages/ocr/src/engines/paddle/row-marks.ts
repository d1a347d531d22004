import { isEastAsian } from '@broadsheet/document'
import type { Peak } from './ctc.ts'

/** A peak with its middle along the line. */
interface Placed extends Peak {
  readonly middle: number
}

/** Nearest that ° and ℃ stand to each other when they are two, in parts of the line's height. */
const leastApart = 0.6

/**
 * What the network says of marks in rows of Chinese, put right where it says it two ways: the ring of ℃ by itself and as part of the
 * sign, and a straight quotation mark, which Chinese type does not have, where it cannot tell the curly ones. @param peaks in order
 */
export function readRowMarks<P extends Placed>(peaks: readonly P[], height: number): P[] {
  const isRing = ({ text, middle }: P, index: number): boolean =>
    text === '°' && peaks[index + 1]?.text === '℃' && peaks[index + 1]!.middle - middle < leastApart * height
  const isChinese = (peak: P | undefined): boolean => peak !== undefined && isEastAsian(peak.text)
  return peaks
    .filter((peak, index) => !isRing(peak, index))
    .map((peak, index, all) => (isChinese(all[index - 1]) || isChinese(all[index + 1]) ? curled(peak) : peak))
}

const straight: ReadonlyMap<string, readonly string[]> = new Map([
  ['"', ['“', '”']],
  ["'", ['‘', '’']]
])

/** The likelier curly mark in the place of a straight one; both probabilities are for it. */
function curled<P extends Placed>(peak: P): P {
  const curly = straight.get(peak.text)
  const [best] = peak.variants.filter(({ text }) => curly?.includes(text))
  if (!best) return peak
  const confidence = Math.min(1, peak.confidence + best.confidence) - othersOf(peak, curly!, best.text)
  return { ...peak, text: best.text, confidence, variants: peak.variants.filter((each) => each !== best) }
}

/** What speaks for the mark of the other direction counts against both. */
function othersOf({ variants }: Peak, curly: readonly string[], taken: string): number {
  return variants.filter(({ text }) => text !== taken && curly.includes(text)).reduce((sum, { confidence }) => sum + confidence, 0)
}
