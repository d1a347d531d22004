import type { Change } from '@broadsheet/document'
import type { Explanation, Hunk, Row } from './explanation.ts'
import { changesOfRow, isChangedRow, type Look, looksOf, type Span } from './spans.ts'
import { eachGrapheme } from './tokens.ts'
import { columns, visible } from './visible.ts'

export interface TerminalOptions {
  /** ANSI colours; without them differences are bracketed: `[-,-]{+，+}`. Default false. */
  readonly color?: boolean
  /** Default `inline`. */
  readonly layout?: 'inline' | 'side-by-side'
  /** Columns of the terminal. Default 100. */
  readonly width?: number
  /** Also rows in which nothing differs. Default false. */
  readonly all?: boolean
  /** Characters of unchanged text kept on both sides of a difference; more is cut to `…`. Default 24. */
  readonly context?: number
  /** The changes of each row with rule, reason and confidence below it. Default true. */
  readonly reasons?: boolean
}

type Style = Required<TerminalOptions>

const defaults: Style = { color: false, layout: 'inline', width: 100, all: false, context: 24, reasons: true }

/** An explanation as lines for a terminal. Nothing in a page can steer the terminal: hidden characters are written out. */
export function formatTerminal(explanation: Explanation, options: TerminalOptions = {}): string {
  const style = { ...defaults, ...options }
  const changes = new Map(explanation.changes.map((change) => [change.id, change]))
  const rows = explanation.rows.filter((row) => style.all || isChangedRow(row))
  const body = rows.map((row) => formatRow(row, changes, style))
  const trouble = explanation.unexplained.map((entry) =>
    paint(
      `unexplained at ${visible(entry.place)}: ${visible(entry.message)} [-${visible(entry.raw)}-]{+${visible(entry.clean)}+}`,
      'unexplained',
      style
    )
  )
  return [formatTitle(explanation, rows.length, style), ...body, ...trouble, formatSummary(explanation)]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('')
}

function formatTitle(explanation: Explanation, shown: number, style: Style): string {
  const name = `${visible(explanation.title)}: ${visible(explanation.leftName)} → ${visible(explanation.rightName)}`
  return `${style.color ? `\u001b[1m${name}\u001b[22m` : name} (${shown} of ${explanation.rows.length} blocks differ)`
}

function formatSummary(explanation: Explanation): string {
  const cells = explanation.summary.map((count) => {
    const parts = (['applied', 'proposed', 'rejected', 'flagged'] as const)
      .filter((kind) => count[kind] > 0)
      .map((kind) => `${count[kind]} ${kind}`)
    return `  ${visible(count.rule)}: ${parts.join(', ')}`
  })
  return cells.join('\n')
}

function formatRow(row: Row, changes: ReadonlyMap<string, Change>, style: Style): string {
  const text = style.layout === 'inline' ? formatInline(row, style) : formatColumns(row, style)
  return [formatHead(row, style), text, ...(style.reasons ? formatReasons(row, changes, style) : [])]
    .filter((part) => part !== '')
    .join('\n')
}

function formatHead(row: Row, style: Style): string {
  const role = row.roleBefore ? `${row.roleBefore} → ${row.role}` : (row.role ?? '')
  const head = row.kind === 'moved-away' ? `── moved to ${visible(row.id)}` : `── ${visible(row.id)} ${role}`.trimEnd()
  return style.color ? `\u001b[2m${head}\u001b[22m` : head
}

function formatInline(row: Row, style: Style): string {
  const spans = row.hunks.flatMap((hunk) => inlineSpans(hunk))
  return wrap(elide(spans, style), style.width, style).join('\n')
}

function inlineSpans(hunk: Hunk): Span[] {
  const [raw, clean] = looksOf(hunk)
  if (hunk.kind === 'joined') return [{ text: `⏎${hunk.clean}`, look: 'joined' }]
  if (hunk.kind === 'note') return [{ text: '?', look: 'note' }]
  if (hunk.raw === hunk.clean) return [{ text: hunk.raw, look: raw }]
  const removed: Look = hunk.kind === 'unexplained' ? 'removed' : raw
  const added: Look = hunk.kind === 'unexplained' ? 'added' : clean
  return [
    { text: hunk.raw, look: removed },
    { text: hunk.clean, look: added }
  ]
}

/** Cuts long unchanged stretches down to their ends. */
function elide(spans: readonly Span[], style: Style): Span[] {
  if (style.all) return [...spans]
  return spans.flatMap((span, index) => {
    const [head, tail] = [index > 0 ? style.context : 0, index < spans.length - 1 ? style.context : 0]
    const keepAll = (span.look !== 'plain' && span.look !== 'moved') || span.text.length <= style.context * 2 + 8
    if (keepAll) return [span]
    return [
      { text: cutAt(span.text, 0, Math.max(head, index === 0 && spans.length === 1 ? style.context : 0)), look: span.look },
      { text: ' … ', look: 'elided' as const },
      { text: cutAt(span.text, span.text.length - tail, span.text.length), look: span.look }
    ]
  })
}

/** A slice that cuts no surrogate pair. */
function cutAt(text: string, from: number, to: number): string {
  const fix = (at: number): number => (at > 0 && at < text.length && /[\udc00-\udfff]/.test(text[at]!) ? at - 1 : at)
  return text.slice(fix(from), fix(to))
}

function formatColumns(row: Row, style: Style): string {
  const width = Math.max(10, Math.floor((style.width - 3) / 2))
  const left = wrap(
    elide(
      row.hunks.map((hunk) => ({ text: hunk.kind === 'joined' ? '⏎' : hunk.raw, look: looksOf(hunk)[0] })),
      style
    ),
    width,
    style,
    true
  )
  const right = wrap(
    elide(
      row.hunks.map((hunk) => ({ text: hunk.clean, look: looksOf(hunk)[1] })),
      style
    ),
    width,
    style,
    true
  )
  const blank = ' '.repeat(width)
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, at) => `${left[at] ?? blank} │ ${(right[at] ?? '').trimEnd()}`
  ).join('\n')
}

/** Spans as lines of at most `width` columns, each line closed in itself: no colour runs on. */
function wrap(spans: readonly Span[], width: number, style: Style, pad = false): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const end = (): void => {
    lines.push(pad ? line + ' '.repeat(Math.max(0, width - used)) : line)
    line = ''
    used = 0
  }
  for (const span of spans) {
    let run = ''
    const flush = (): void => {
      if (run !== '') line += paint(run, span.look, style)
      run = ''
    }
    const shown = visible(span.text.replace(/\n/g, span.look === 'plain' ? '' : '⏎'))
    const text = style.color ? shown : bracket(shown, span.look)
    eachGrapheme(text, (from, to) => {
      const cluster = text.slice(from, to)
      const size = columns(cluster)
      if (used + size > width) {
        flush()
        end()
      }
      run += cluster
      used += size
    })
    flush()
  }
  if (line !== '' || lines.length === 0) end()
  return lines
}

const brackets: Readonly<Partial<Record<Look, readonly [string, string]>>> = {
  removed: ['[-', '-]'],
  added: ['{+', '+}'],
  moved: ['{~', '~}'],
  note: ['[?', '?]'],
  unexplained: ['[!', '!]']
}

function bracket(text: string, look: Look): string {
  const pair = brackets[look]
  return pair && text !== '' ? pair[0] + text + pair[1] : text
}

const codes: Readonly<Record<Look, string>> = {
  plain: '',
  removed: '31;9',
  added: '32',
  moved: '34',
  joined: '36',
  note: '33;4',
  unexplained: '37;41',
  elided: '2'
}

function paint(text: string, look: Look, style: Style): string {
  return style.color && codes[look] !== '' ? `\u001b[${codes[look]}m${text}\u001b[0m` : text
}

/** One line a change; equal changes of one rule are counted, not repeated. */
function formatReasons(row: Row, changes: ReadonlyMap<string, Change>, style: Style): string[] {
  const groups = new Map<string, { change: Change; count: number }>()
  for (const id of changesOfRow(row)) {
    const change = changes.get(id)
    if (!change) continue
    const key = `${change.rule}\n${change.status}\n${change.kind}\n${change.before}\n${change.kind === 'replace' ? change.after : change.reason}`
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { change, count: 1 })
  }
  return [...groups.values()].map(({ change, count }) => {
    const times = count > 1 ? ` ×${count}` : ''
    const line = `   ${mark(change)} ${visible(change.rule)}${times} ${change.confidence.toFixed(2)} ${visible(describe(change))}: ${visible(change.reason)}`
    return style.color ? `\u001b[2m${line}\u001b[22m` : line
  })
}

function mark(change: Change): string {
  if (change.kind === 'flag') return '?'
  return { applied: '✓', proposed: '…', rejected: '✗' }[change.status]
}

/** What a change does, in a few characters. */
export function describe(change: Change): string {
  const short = (text: string): string => (text.length > 24 ? `${cutAt(text, 0, 22)}…` : text)
  switch (change.kind) {
    case 'replace':
      return `“${short(change.before)}” → “${short(change.after)}”`
    case 'join':
      return `joined with ${change.target.region}${change.target.at > 0 ? `@${change.target.at}` : ''}`
    case 'split':
      return `cut here, ${change.role} follows`
    case 'label':
      return `${change.roleBefore} → ${change.role}`
    case 'flag':
      return `“${short(change.before)}” in doubt`
  }
}
