import { memoize } from '@broadsheet/document'
import { surnames } from '../articles/surnames.ts'

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

const beforeName = /(?:^|[\s、（(]|记者|通讯员|书记|主任|经理|[省市区县镇乡局院校厂部]长|教授|先生)$/

/** Whether a character looks like part of a person's name: a family name behind a title, a blank or the like, or one of the two behind it. */
export function isInPersonName(text: string, at: number): boolean {
  for (let from = at; from >= at - 2 && from >= 0; from--)
    if (surnames.includes(text[from]!) && beforeName.test(text.slice(Math.max(0, from - 3), from))) return true
  return false
}
