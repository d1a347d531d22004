import { memoize } from '@broadsheet/document'

/** The length of the longest name, of a dozen characters at the most. */
const longestOf = memoize((names: ReadonlySet<string>): number =>
  [...names].reduce((size, name) => Math.max(size, Math.min(name.length, 12)), 0)
)

/** Whether the character at `at` is part of one of `names` as it stands in the text. */
export function isInName(text: string, at: number, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
  const most = longestOf(names)
  for (let from = Math.max(0, at - most + 1); from <= at; from++)
    for (let size = Math.max(2, at - from + 1); size <= most && from + size <= text.length; size++)
      if (names.has(text.slice(from, from + size))) return true
  return false
}

/** Behind the last sentence stands a name and no more: whoever wrote it. */
export function endsInName(text: string): boolean {
  return /[。！？”][\s　]*(?:本报)?(?:记者|通讯员)?[\s　]*[\u4e00-\u9fff]{2,4}$/.test(text.trimEnd().slice(-16))
}
