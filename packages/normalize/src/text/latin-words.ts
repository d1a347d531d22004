import type { Block } from '@broadsheet/document'
import type { Context } from '../rule.ts'

const cache = new WeakMap<readonly Block[], ReadonlyMap<string, number>>()
const word = /\p{L}+(?:[-’']\p{L}+)*/gu

/** How often every word stands on the page, hyphenated ones whole, in lower case. */
export function wordsOf({ blocks, textOf }: Context): ReadonlyMap<string, number> {
  const known = cache.get(blocks)
  if (known) return known
  const counts = new Map<string, number>()
  for (const block of blocks)
    for (const [found] of textOf(block).matchAll(word)) {
      const lower = found.toLowerCase()
      counts.set(lower, (counts.get(lower) ?? 0) + 1)
    }
  cache.set(blocks, counts)
  return counts
}
