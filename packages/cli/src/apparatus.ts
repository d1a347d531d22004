import { type Change, type CleanPage, rawText, textRegions } from '@broadsheet/document'
import { plain } from './plain.ts'

/**
 * The changes of a page as a critical apparatus (校勘记): an entry a change, in the order of the page, with what stands around it, what was
 * made of it, and why. Changes of one kind in one block are one entry.
 */
export function writeApparatus({ page, changes }: CleanPage): string {
  const texts = new Map(textRegions(page).map((region) => [region.id, rawText(region)]))
  const entries = group(changes.filter(({ kind }) => kind !== 'label'))
  if (entries.length === 0) return 'Nothing to change.\n'
  const lines = entries.map((entry, index) => writeEntry(entry, index + 1, texts))
  return `${lines.join('\n')}\n${summary(changes)}`
}

/** Changes of one block that say the same: the first stands for all. */
function group(changes: readonly Change[]): Change[][] {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const after = change.kind === 'replace' ? change.after : change.id
    const key = change.kind === 'replace' ? `${change.rule} ${change.region} ${change.status} ${change.before} ${after}` : change.id
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return [...groups.values()]
}

function writeEntry(entry: readonly Change[], number: number, texts: ReadonlyMap<string, string>): string {
  const first = entry[0]!
  const times = entry.length > 1 ? `, ${entry.length} times` : ''
  const status = first.kind === 'flag' ? 'flagged' : first.status
  return `${number}. ${plain(first.region)}  ${plain(show(first, texts))}\n   ${status}${times}: ${plain(first.reason)} (${plain(first.id)})\n`
}

const around = 12

function show(change: Change, texts: ReadonlyMap<string, string>): string {
  const text = texts.get(change.region) ?? ''
  const before = `${change.from > around ? '…' : ''}${text.slice(Math.max(0, change.from - around), change.from)}`
  const after = `${text.slice(change.to, change.to + around)}${change.to + around < text.length ? '…' : ''}`
  switch (change.kind) {
    case 'replace':
      return `${before}【${visible(change.before)} → ${visible(change.after)}】${after}${others(change.candidates)}`
    case 'join': {
      const target = texts.get(change.target.region)?.slice(change.target.at, change.target.at + around) ?? ''
      return `${before}【+】${target}… (${change.target.region})`
    }
    case 'split':
      return `${before}【¶ ${change.role}】${after}`
    case 'flag':
      return `${before}【${visible(change.before)}？】${after}${others(change.guesses)}`
    case 'label':
      return `${change.roleBefore} → ${change.role}`
  }
}

/** A blank, or nothing, that can be seen. */
function visible(text: string): string {
  return text === '' ? '∅' : text.replaceAll(' ', '␣')
}

function others(candidates: readonly { readonly text: string; readonly score: number }[] | undefined): string {
  if (!candidates?.length) return ''
  return `  [${candidates.map(({ text, score }) => `${visible(text)} ${Math.round(score * 10) / 10}`).join(', ')}]`
}

function summary(changes: readonly Change[]): string {
  const counts = new Map<string, number>()
  for (const { kind, rule, status } of changes) {
    if (kind === 'label') continue
    const key = `${kind === 'flag' ? 'flagged' : status} by ${rule}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([key, count]) => `${String(count).padStart(5)} ${key}\n`)
    .join('')
}
