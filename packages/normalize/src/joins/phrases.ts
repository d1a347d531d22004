/** Tells the longest phrase across a joint, two or three characters on each side, that stands whole elsewhere; empty where there is none. */
export type PhraseAcross = (tail: string, head: string) => string

const sides = [3, 2] as const

/**
 * Looks once through all texts for what follows the last characters of `tails`, so that a joint is judged without another search: time and memory grow
 * with the texts, however many joints there are.
 */
export function indexPhrases(texts: readonly string[], tails: readonly string[]): PhraseAcross {
  const followers = sides.map((size) => {
    const found = new Map<string, Set<string>>()
    for (const tail of tails) if (tail.length >= size) found.set(tail.slice(-size), new Set())
    return found
  })
  for (const text of texts)
    for (const [index, size] of sides.entries()) {
      const found = followers[index]!
      if (found.size === 0) continue
      for (let at = size; at + size <= text.length; at++) {
        if (!isHan(text.charCodeAt(at))) continue
        found.get(text.slice(at - size, at))?.add(text.slice(at, at + size))
      }
    }
  return (tail, head) => {
    for (const [index, size] of sides.entries()) {
      const left = tail.slice(-size)
      const right = head.slice(0, size)
      if (right.length === size && allHan(left) && allHan(right) && followers[index]!.get(left)?.has(right)) return left + right
    }
    return ''
  }
}

const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff
const allHan = (text: string): boolean => /^[\u4e00-\u9fff]+$/.test(text)
