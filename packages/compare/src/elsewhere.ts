import { isHan } from '@broadsheet/document'

/**
 * Whether a passage that one text has is also in another, wherever: the same characters as often as in the first, or, for longer
 * passages of Chinese, most of its pairs of characters (each of the two may be misread). Blanks do not count.
 */
export type Elsewhere = (passage: string) => boolean

export function elsewhereIn(other: string, own: string): Elsewhere {
  const [there, here] = [squeeze(other), squeeze(own)]
  const pairs = new Set(pairsOf(there))
  return (passage) => {
    const text = squeeze(passage).replace(/^\p{P}+|\p{P}+$/gu, '')
    if (text.length < 2) return false
    const found = countOf(there, text)
    if (found > 0) return found >= countOf(here, text)
    const own = pairsOf(text)
    return (
      own.length >= fewestPairs && own.length * 2 >= text.length && own.filter((pair) => pairs.has(pair)).length >= own.length * mostPairs
    )
  }
}

/** Any page has a few pairs of any sentence, hardly ever seven of ten. */
const mostPairs = 0.7
const fewestPairs = 5

function pairsOf(text: string): string[] {
  const pairs: string[] = []
  for (let at = 0; at + 1 < text.length; at++) if (isHan(text[at]!) && isHan(text[at + 1]!)) pairs.push(text.slice(at, at + 2))
  return pairs
}

function countOf(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}

const squeeze = (text: string): string => text.replace(/\s+/g, '')
