import { createHash } from 'node:crypto'
import type { Change, Evidence } from '@broadsheet/document'
import type { Table } from './evaluation/table.ts'
import type { Explanation, Hunk, Row } from './explanation.ts'
import { htmlScript } from './html-script.ts'
import { htmlStyle } from './html-style.ts'
import { changesOfRow, isChangedRow, isDifferent, looksOf } from './spans.ts'
import { describe } from './terminal.ts'
import { splitHidden, visible } from './visible.ts'

export interface HtmlOptions {
  /** Heading and window title. Default: the titles of the explanations. */
  readonly title?: string
  /** Cuttings of the scan by change id, as `data:image/png;base64,…` (or jpeg, webp). */
  readonly snippets?: Readonly<Record<string, string>>
  /** Figures to stand above the texts. */
  readonly tables?: readonly Table[]
}

/**
 * One self-contained page: both sides block by block, every difference coloured by kind, with rule, reason and confidence;
 * filters by rule and status; keys. All text is escaped, its content security policy lets nothing but its own script run and
 * nothing be fetched.
 *
 * @throws TypeError when a snippet is not an image as a data URI.
 */
export function formatHtml(explanation: Explanation | readonly Explanation[], options: HtmlOptions = {}): string {
  const all: readonly Explanation[] = Array.isArray(explanation) ? explanation : [explanation]
  const title = options.title ?? all.map((one) => one.title).join(', ')
  const numbers = numberChanges(all)
  const parts = all.map((one, page) => formatExplanation(one, page, numbers, options.snippets ?? {}))
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(all[0]?.language ?? 'und')}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="Broadsheet">',
    `<title>${escapeHtml(visible(title))}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    '<body>',
    formatHeader(title, all),
    '<main>',
    ...(options.tables ?? []).map(formatTable),
    ...parts,
    '</main>',
    '<aside id="panel" aria-live="polite" hidden></aside>',
    `<script>${htmlScript}</script>`,
    '</body>',
    '</html>',
    ''
  ].join('\n')
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`
const policy = [
  "default-src 'none'",
  `style-src ${digest(htmlStyle)}`,
  `script-src ${digest(htmlScript)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'"
].join('; ')

/** Text that a browser shows as it is, hidden characters written out, whatever stands in it. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

function markedText(text: string): string {
  return splitHidden(text)
    .map((part) => (part.hidden ? `<span class="ctl">${part.text}</span>` : escapeHtml(part.text)))
    .join('')
}

/** Element ids: changes of several pages may share their own ids. */
type Numbers = ReadonlyMap<Change, number>

function numberChanges(all: readonly Explanation[]): Numbers {
  return new Map(all.flatMap((one) => one.changes).map((change, index) => [change, index]))
}

function formatTable({ heading, columns, rows }: Table): string {
  const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${plain(cell)}</${tag}>`).join('')}</tr>`
  return `<section class="figures"><h3>${plain(heading)}</h3><table class="summary"><thead>${row(columns, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></section>`
}

function formatHeader(title: string, all: readonly Explanation[]): string {
  const changes = all.flatMap((one) => one.changes)
  const rules = [...new Set(changes.map((change) => change.rule))].sort()
  const option = (value: string): string => `<option value="${escapeHtml(value)}">${escapeHtml(visible(value))}</option>`
  const unexplained = all.reduce((sum, one) => sum + one.unexplained.length, 0)
  const legend = ['removed', 'added', 'joined', 'moved', 'note', 'unexplained'].map((look) => `<span class="k ${look}">${look}</span>`)
  return [
    '<header>',
    `<h1>${escapeHtml(visible(title))}</h1>`,
    changes.length + unexplained === 0
      ? ''
      : `<p class="${unexplained > 0 ? 'bad' : 'good'}">${unexplained > 0 ? `${unexplained} unexplained` : 'Every difference is explained.'}</p>`,
    '<div class="tools">',
    `<label>Rule <select id="rule"><option value="">all</option>${rules.map(option).join('')}</select></label>`,
    `<label>Status <select id="status"><option value="">all</option>${['applied', 'proposed', 'rejected', 'flagged', 'unexplained'].map(option).join('')}</select></label>`,
    '<label><input type="checkbox" id="changed"> only what differs</label>',
    '<button id="previous" title="k">previous</button><button id="next" title="j">next</button>',
    '<output id="count"></output>',
    '<span class="keys"><kbd>j</kbd> <kbd>k</kbd> difference <kbd>u</kbd> unexplained <kbd>c</kbd> only changed <kbd>f</kbd> filter <kbd>Esc</kbd> close</span>',
    '</div>',
    `<div class="legend">${legend.join(' ')}</div>`,
    '</header>'
  ].join('\n')
}

function formatExplanation(one: Explanation, page: number, numbers: Numbers, snippets: Readonly<Record<string, string>>): string {
  const ids = new Map(one.changes.map((change) => [change.id, numbers.get(change)!]))
  const byId = new Map(one.changes.map((change) => [change.id, change]))
  const lang = one.language ? ` lang="${escapeHtml(one.language)}"` : ''
  return [
    `<section class="page" id="page-${page}">`,
    `<div class="names"><h2>${escapeHtml(visible(one.title))}</h2><b>${escapeHtml(visible(one.leftName))}</b><b>${escapeHtml(visible(one.rightName))}</b></div>`,
    ...one.rows.map((row) => formatRow(row, byId, ids, lang)),
    formatUnexplained(one),
    formatSummary(one),
    one.changes.length === 0
      ? ''
      : `<section class="changes"><h3>Changes</h3>${one.changes.map((change) => formatChange(change, ids.get(change.id)!, snippets[change.id])).join('\n')}</section>`,
    '</section>'
  ].join('\n')
}

function formatRow(row: Row, changes: ReadonlyMap<string, Change>, ids: ReadonlyMap<string, number>, lang: string): string {
  const about = [...row.changes, ...row.notes]
  const role = row.roleBefore ? `${row.roleBefore} → ${row.role}` : (row.role ?? '')
  const label = row.kind === 'moved-away' ? `moved to ${row.id}` : row.id
  const attributes = about.length > 0 ? ` class="d" tabindex="0"${dataOf(about, changes, ids)}` : ''
  return [
    `<div class="row${isChangedRow(row) ? ' changed' : ''}${row.kind === 'moved-away' ? ' away' : ''}" data-n="${changesOfRow(row).length}">`,
    `<div class="head"><span${attributes}>${escapeHtml(visible(label))}<small>${escapeHtml(role)}</small></span></div>`,
    `<p${lang}>${row.hunks.map((hunk) => formatHunk(hunk, 'raw', changes, ids)).join('')}</p>`,
    `<p${lang}>${row.hunks.map((hunk) => formatHunk(hunk, 'clean', changes, ids)).join('')}</p>`,
    '</div>'
  ].join('\n')
}

function formatHunk(hunk: Hunk, side: 'raw' | 'clean', changes: ReadonlyMap<string, Change>, ids: ReadonlyMap<string, number>): string {
  const look = looksOf(hunk)[side === 'raw' ? 0 : 1]
  const text = hunkText(hunk, side)
  if (!isDifferent(hunk)) return look === 'plain' ? text : `<span class="${look}">${text}</span>`
  const attributes = dataOf([...hunk.changes, ...hunk.notes], changes, ids, hunk.kind === 'unexplained')
  // Keys walk along the clean side; what was deleted is an empty place there.
  const focus = side === 'clean' ? ' tabindex="0"' : ''
  return `<span class="d ${look}${text === '' ? ' gone' : ''}"${focus}${attributes}>${text}</span>`
}

function hunkText(hunk: Hunk, side: 'raw' | 'clean'): string {
  if (hunk.kind === 'joined') return side === 'raw' ? '⏎<br>' : markedText(hunk.clean)
  const text = hunk[side]
  if (!text.endsWith('\n')) return markedText(text)
  // A row is a line: its end is shown only where it is part of the difference.
  return markedText(text.slice(0, -1)) + (hunk.kind === 'same' ? '' : '⏎')
}

function dataOf(
  about: readonly string[],
  changes: ReadonlyMap<string, Change>,
  ids: ReadonlyMap<string, number>,
  unexplained = false
): string {
  const known = about.flatMap((id) => changes.get(id) ?? [])
  const states = new Set(known.map(stateOf))
  if (unexplained) states.add('unexplained')
  const rules = new Set(known.map((change) => change.rule))
  return ` data-c="${known.map((change) => ids.get(change.id)).join(' ')}" data-r="${escapeHtml([...rules].join('\u001f'))}" data-s="${[...states].join(' ')}"`
}

function stateOf(change: Change): string {
  return change.kind === 'flag' ? 'flagged' : change.status
}

function formatChange(change: Change, number: number, snippet: string | undefined): string {
  const rows = Object.entries(change.evidence ?? {}).map(([key, value]) => `<dt>${plain(key)}</dt><dd>${plain(evidenceText(value))}</dd>`)
  return [
    `<article id="c${number}">`,
    `<h4>${plain(change.rule)} <span class="state ${stateOf(change)}">${stateOf(change)}</span> <meter min="0" max="1" value="${finite(change.confidence)}"></meter> ${finite(change.confidence).toFixed(2)}</h4>`,
    `<p class="what">${plain(describe(change))}</p>`,
    `<p>${plain(change.reason)}</p>`,
    snippet === undefined ? '' : `<img alt="the place on the scan" src="${checkSnippet(snippet)}">`,
    ...candidatesOf(change),
    rows.length > 0 ? `<dl>${rows.join('')}</dl>` : '',
    `<p class="id">${plain(change.id)}</p>`,
    '</article>'
  ]
    .filter((part) => part !== '')
    .join('')
}

function plain(text: string): string {
  return escapeHtml(visible(text))
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}

function evidenceText(value: Evidence): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}

function candidatesOf(change: Change): string[] {
  const candidates =
    change.kind === 'flag' ? change.guesses : change.kind === 'replace' || change.kind === 'join' ? change.candidates : undefined
  if (!candidates || candidates.length === 0) return []
  return [`<ol>${candidates.map((one) => `<li>${plain(one.text)} <small>${finite(one.score).toFixed(2)}</small></li>`).join('')}</ol>`]
}

function checkSnippet(uri: string): string {
  if (/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/.test(uri)) return uri
  throw new TypeError(`Expected a snippet as data:image/png;base64,… (or jpeg, webp) but received “${visible(uri.slice(0, 40))}”`)
}

function formatUnexplained(one: Explanation): string {
  if (one.unexplained.length === 0) return ''
  const items = one.unexplained.map(
    (entry) =>
      `<li><b>${plain(entry.place)}</b> ${plain(entry.message)} <del>${plain(entry.raw)}</del> <ins>${plain(entry.clean)}</ins></li>`
  )
  return `<section class="trouble"><h3>Unexplained</h3><ul>${items.join('')}</ul></section>`
}

function formatSummary(one: Explanation): string {
  if (one.summary.length === 0) return ''
  const rows = one.summary.map(
    (count) =>
      `<tr><td>${plain(count.rule)}</td><td>${count.applied}</td><td>${count.proposed}</td><td>${count.rejected}</td><td>${count.flagged}</td></tr>`
  )
  return `<table class="summary"><thead><tr><th>rule</th><th>applied</th><th>proposed</th><th>rejected</th><th>flagged</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}
