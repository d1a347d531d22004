import { numeralChars, toHalfWidth } from './numeral.ts'

/** A jump line as printed: `（下转A05版）`, `上接第一版`, `Continued on page 5`, `Fortsetzung auf Seite 5`. */
export interface JumpLine {
  readonly direction: 'to' | 'from'
  /** As printed: `A05`, `一`, `5`. */
  readonly pageLabel: string
  /** The words by which the other part is named, where there are any: “See FERRY, page 5”. */
  readonly title?: string
  /** Where it stands in the text. */
  readonly from: number
  readonly to: number
}

const label = `([A-Z]{0,2}\\d{1,3}|[${numeralChars}]{1,4})`
const longestText = 20_000

const patterns: readonly {
  readonly pattern: RegExp
  readonly direction: JumpLine['direction']
  readonly label: number
  readonly title?: number
}[] = [
  {
    pattern: new RegExp(
      `(?:下转|下轉|紧接|緊接|后转|转接|详见|詳見)\\s?第?\\s?${label}\\s?[版页頁张張](?:[《“「]([^》”」\\n]{2,30})[》”」])?`
    ),
    direction: 'to',
    label: 1,
    title: 2
  },
  {
    pattern: new RegExp(`(?:上接|前接|接上|承接)\\s?第?\\s?${label}\\s?[版页頁张張](?:[《“「]([^》”」\\n]{2,30})[》”」])?`),
    direction: 'from',
    label: 1,
    title: 2
  },
  {
    pattern: /(?:see|turn to)\s+(?:([A-Z][A-Z' -]{2,30}),?\s+)?(?:on\s+)?(?:page|p\.)\s?([A-Z]?\d{1,3}|one|two|three|four)\b/i,
    direction: 'to',
    label: 2,
    title: 1
  },
  {
    pattern: /(?:continued|cont'?d\.?|cont\.)\s+(?:on|to|at)\s+(?:page|p\.)\s?([A-Z]?\d{1,3}|one|two|three|four)\b/i,
    direction: 'to',
    label: 1
  },
  {
    pattern: /(?:([A-Z][A-Z' -]{2,30}),?\s+)?(?:continued|cont'?d\.?|cont\.)\s+from\s+(?:page|p\.)\s?([A-Z]?\d{1,3}|one|two|three|four)\b/i,
    direction: 'from',
    label: 2,
    title: 1
  },
  { pattern: /(?:fortsetzung|schlu(?:ß|ss)|weiter)\s+(?:auf|siehe)\s+(?:seite|s\.)\s?(\d{1,3})\b/i, direction: 'to', label: 1 },
  { pattern: /(?:fortsetzung|schlu(?:ß|ss))\s+(?:von|der)\s+(?:seite|s\.)\s?(\d{1,3})\b/i, direction: 'from', label: 1 }
]

const opening = /[（(【[〔▶►→▲■●◆\s]/
const closing = /[）)】\]〕▶►←▼■●◆\s.。]/

/** The jump line in `text`, with its brackets; undefined when there is none. `详见` inside a sentence is none. */
export function parseJump(text: string): JumpLine | undefined {
  const tail = Math.max(0, text.length - longestText)
  const plain = toHalfWidth(text.slice(tail))
  for (const { pattern, direction, label, title } of patterns) {
    const match = pattern.exec(plain)
    if (!match) continue
    const [from, to] = widen(plain, match.index, match.index + match[0].length)
    const bracketed = /[（(【[〔▶►]/.test(plain.slice(from, match.index))
    if (!bracketed && (from > 0 || to < plain.length)) continue
    const named = title === undefined ? undefined : match[title]
    return {
      direction,
      pageLabel: match[label]!.toUpperCase(),
      ...(named === undefined ? {} : { title: named.trim() }),
      from: tail + from,
      to: tail + to
    }
  }
  return undefined
}

/** Whether `text` is a jump line and nothing else. */
export function isJumpLine(text: string): boolean {
  if (text.length > 60) return false
  const jump = parseJump(text)
  return jump !== undefined && text.slice(0, jump.from).trim() === '' && text.slice(jump.to).trim() === ''
}

function widen(text: string, from: number, to: number): readonly [number, number] {
  let start = from
  let end = to
  while (start > 0 && opening.test(text[start - 1]!)) start--
  while (end < text.length && closing.test(text[end]!)) end++
  return [start, end]
}

const words: Readonly<Record<string, string>> = { ONE: '1', TWO: '2', THREE: '3', FOUR: '4' }
const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五', '十六']

/** A page label in its plainest form, so that `A05`, `A5` and `第5版` of section A, or `一` and `1`, are the same. */
export function plainLabel(label: string): string {
  const upper = toHalfWidth(label)
    .toUpperCase()
    .replace(/^第|[版页頁张張]$/g, '')
    .trim()
  const number = words[upper] ?? (chinese.includes(upper) ? String(chinese.indexOf(upper) + 1) : upper)
  return number.replace(/^([A-Z]*)0+(?=\d)/, '$1')
}
