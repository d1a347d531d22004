import { type ArticlePart, type BlockRef, blockText, type Change, type CleanPage, type TextRole } from '@broadsheet/document'
import { type Archive, blockOf } from '../archive.ts'
import { attributes, escapeMarkup, languageTag } from '../publish/markup.ts'
import { type Place, placesOf } from '../publish/places.ts'
import { type Wording, wordingFor } from '../publish/wording.ts'
import { changesOf, markBlock, type Stretch, sliceStretches } from './marked-text.ts'

/** A part of an article as an element that shows the clean text, the raw text, or both with what differs. */
export function partMarkup(archive: Archive, part: ArticlePart, options: { readonly level: 1 | 2; readonly only?: string }): string {
  const headings: Partial<Record<TextRole, string>> = { heading: `h${options.level}`, crosshead: `h${options.level + 1}` }
  const element = headings[part.role] ?? 'p'
  const refs = options.only === undefined ? part.blocks : part.blocks.filter((ref) => ref.page === options.only)
  if (refs.length === 0) return ''
  const inner = refs.length === part.blocks.length ? partText(archive, part) : refs.map((ref) => wholeBlock(archive, ref)).join('')
  return `<${element}${attributes({ class: part.role })}>${placeLink(archive, refs)}${inner}</${element}>`
}

/** Furniture: a block by itself. */
export function blockMarkup(archive: Archive, ref: BlockRef, role: TextRole): string {
  return `<p${attributes({ class: role })}>${placeLink(archive, [ref])}${wholeBlock(archive, ref)}</p>`
}

function wholeBlock(archive: Archive, ref: BlockRef): string {
  const block = blockOf(archive, ref)
  const clean = archive.pages.get(ref.page)
  return block && clean ? markBlock(clean, block).map(stretchMarkup).join('') : ''
}

/**
 * A part's text through its blocks. A part may be a piece of a block (a dateline), or blocks with a blank between; what the
 * blocks do not explain is shown as it is.
 */
function partText(archive: Archive, part: ArticlePart): string {
  let rest = part.text
  let markup = ''
  for (const ref of part.blocks) {
    const block = blockOf(archive, ref)
    const clean = archive.pages.get(ref.page)
    if (!block || !clean) continue
    const text = blockText(block)
    const inBlock = text === '' ? -1 : text.indexOf(rest)
    const inPart = text === '' ? -1 : rest.indexOf(text)
    if (inPart >= 0) {
      markup += escapeMarkup(rest.slice(0, inPart)) + markBlock(clean, block).map(stretchMarkup).join('')
      rest = rest.slice(inPart + text.length)
    } else if (rest !== '' && inBlock >= 0) {
      markup += sliceStretches(markBlock(clean, block), inBlock, inBlock + rest.length)
        .map(stretchMarkup)
        .join('')
      rest = ''
    }
  }
  return markup + escapeMarkup(rest)
}

function stretchMarkup(stretch: Stretch): string {
  const text = escapeMarkup(stretch.text)
  if (stretch.kind === 'joined') return '<span class="join"></span>'
  const inner = stretch.marks.length > 0 ? `<mark>${text}</mark>` : text
  if (stretch.kind === 'removed') return `<del>${inner}</del>`
  return stretch.kind === 'written' ? `<ins>${inner}</ins>` : inner
}

/** A link that shows the place on the scan; the script reads the boxes, without it the link leads to the page. */
function placeLink(archive: Archive, refs: readonly BlockRef[]): string {
  const places = placesOf(archive, refs)
  return places.length === 0
    ? ''
    : `<a class="place" href="#scan"${placeAttributes(places)}${attributes({ 'aria-label': wordingFor(archive.issue.language).onScan })}></a>`
}

export function placeAttributes(places: readonly Place[]): string {
  return attributes({
    'data-places': JSON.stringify(places.map(({ page, boxes }) => [page, boxes.map((box) => [box.x, box.y, box.width, box.height])]))
  })
}

/** What was changed or doubted in these blocks, as a list a person can check. */
export function changesMarkup(archive: Archive, refs: readonly BlockRef[]): string {
  const items = refs.flatMap((ref) => {
    const block = blockOf(archive, ref)
    const clean = archive.pages.get(ref.page)
    return block && clean ? changesOf(clean, block).map((change) => changeMarkup(clean, change, wordingFor(archive.issue.language))) : []
  })
  if (items.length === 0) return ''
  const words = wordingFor(archive.issue.language)
  return `<details class="changes"><summary>${escapeMarkup(words.changes(items.length))}</summary>\n<ol>\n${items.join('\n')}\n</ol></details>`
}

function changeMarkup(clean: CleanPage, change: Change, words: Wording): string {
  const what = [words.status[change.status], words.kind[change.kind]].join(' · ')
  const sure = `${Math.round(change.confidence * 100)} %`
  return `<li${attributes({ class: change.status })}><span class="what">${escapeMarkup(what)}</span> ${contentOf(change)} <span class="reason"${attributes({ lang: languageTag(clean.page.language) })}>${escapeMarkup(change.reason)}</span> <span class="rule">${escapeMarkup(change.rule)}, ${sure}</span></li>`
}

function contentOf(change: Change): string {
  if (change.kind === 'replace') return `<del>${escapeMarkup(change.before)}</del> → <ins>${escapeMarkup(change.after)}</ins>`
  if (change.kind === 'label') return `${escapeMarkup(change.roleBefore)} → ${escapeMarkup(change.role)}`
  const guesses = change.kind === 'flag' ? (change.guesses ?? []).map((guess) => guess.text).join(' / ') : ''
  return escapeMarkup(change.before) + (guesses === '' ? '' : ` (${escapeMarkup(guesses)}?)`)
}
