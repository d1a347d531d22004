const longest = new WeakMap<ReadonlySet<string>, number>()

/** Whether the character at `at` is part of one of `names` as it stands in the text. */
export function isInName(text: string, at: number, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
  const most = longest.get(names) ?? [...names].reduce((size, name) => Math.max(size, Math.min(name.length, 12)), 0)
  longest.set(names, most)
  for (let from = Math.max(0, at - most + 1); from <= at; from++)
    for (let size = Math.max(2, at - from + 1); size <= most && from + size <= text.length; size++)
      if (names.has(text.slice(from, from + size))) return true
  return false
}
