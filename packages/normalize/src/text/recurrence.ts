import type { Block } from '@broadsheet/document'
import type { Context } from '../rule.ts'
import { isHanAt } from './characters.ts'

const cache = new WeakMap<readonly Block[], ReadonlyMap<string, number>>()

/** How often every pair of Chinese characters stands on the page: what it says twice is no accident. */
export function phrasesOf({ blocks, textOf }: Pick<Context, 'blocks' | 'textOf'>): ReadonlyMap<string, number> {
  const known = cache.get(blocks)
  if (known) return known
  const counts = new Map<string, number>()
  for (const block of blocks) {
    const text = textOf(block)
    for (let at = 0; at + 1 < text.length; at++)
      if (isHanAt(text, at) && isHanAt(text, at + 1)) {
        const pair = text.slice(at, at + 2)
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
  }
  cache.set(blocks, counts)
  return counts
}
