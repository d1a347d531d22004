import type { Article, ArticlePart, BlockRef, CleanPage } from '@broadsheet/document'
import type { Definition, Root, RootContent } from 'mdast'
import { type Archive, blockOf, pageLabel } from '../archive.ts'
import { portable } from '../portable.ts'
import { software } from '../software.ts'
import type { Words } from '../words.ts'
import { breaksIn } from './breaks.ts'
import { blockBox, type Doubt } from './doubts.ts'
import type { FrontMatter, FrontMatterValue } from './front-matter.ts'
import { writeMarker, writeRef } from './markers.ts'
import { paragraph, phrasing, tableOf } from './text.ts'

/** What the writers of one archive share. */
export interface MarkdownContext {
  readonly archive: Archive
  readonly words: Words
  readonly titleInBody: boolean
  /** Where a page's scan is, seen from the issue's folder; undefined when it is not to be linked. */
  readonly scanHref: (page: CleanPage['page']) => string | undefined
  /** Path of a page's file, seen from the issue's folder. */
  readonly pagePath: (page: string) => string
  readonly articlePath: (article: string) => string
}

export function articleFrontMatter(context: MarkdownContext, article: Article, doubts: readonly Doubt[]): FrontMatter {
  const { archive } = context
  const { issue } = archive
  const pages = article.pages.flatMap((id) => archive.pages.get(id)?.page ?? [])
  const images = pages.flatMap((page) => page.image ?? [])
  const states = article.pages.flatMap((id) => archive.issuePages.get(id)?.state ?? [])
  const grades = states.flatMap((state) => state.grade ?? []).sort()
  const first = archive.issuePages.get(article.pages[0] ?? '')
  const byline = article.credits.map((credit) => credit.name)
  return {
    title: titleOf(article, context.words),
    kicker: article.kicker,
    deck: article.deck,
    date: issue.date,
    byline: byline.length > 0 ? byline : undefined,
    dateline: article.dateline,
    publication: issue.title,
    edition: issue.edition,
    page: article.pages[0] === undefined ? undefined : pageLabel(archive, article.pages[0]),
    section: first?.section,
    lang: issue.language,
    pages: article.pages,
    source: images.map((image) => image.href).filter((href) => href !== ''),
    sha256: images.map((image) => image.sha256).filter((digest) => digest !== ''),
    grade: grades.at(-1),
    reviewed: states.length > 0 && states.every((state) => state.stage === 'reviewed'),
    doubts: doubts.length,
    generator: `${software.name} ${software.version}`,
    broadsheet: recordOf(archive, article)
  }
}

/** What a reader of our files needs besides, to make the same article again. */
function recordOf(archive: Archive, article: Article): { readonly [key: string]: FrontMatterValue } {
  return {
    schema: 1,
    id: article.id,
    issue: archive.issue.id,
    ...(article.heading === undefined ? { untitled: true } : {}),
    confidence: article.confidence,
    ...(article.credits.length > 0 ? { credits: article.credits.map((credit) => ({ ...credit })) } : {}),
    ...(article.jumps ? { jumps: article.jumps.map(({ at, ...jump }) => ({ ...jump, at: writeRef(at) })) } : {}),
    ...(article.evidence ? { evidence: article.evidence } : {}),
    ...(article.alternatives
      ? { alternatives: article.alternatives.map(({ blocks, ...other }) => ({ ...other, blocks: blocks.map(writeRef) })) }
      : {})
  }
}

/** An article's heading, or the first words of one without. */
export function titleOf(article: Article, words: Words): string {
  const title = article.heading ?? ''
  if (title.trim() !== '') return title
  const text = article.parts.find((part) => part.text.trim() !== '')?.text.trim() ?? ''
  if (text === '') return words.untitled
  const start = [...text.slice(0, 60)].slice(0, 20).join('')
  return start.length < text.length ? `${start}…` : start
}

export function articleTree(context: MarkdownContext, article: Article, doubts: readonly Doubt[]): Root {
  const body: RootContent[] = []
  const records: Definition[] = []
  const breaks = breaksIn(context.archive, article)
  for (const [index, part] of article.parts.entries()) {
    for (const marker of breaks[index] ?? []) body.push(writeMarker(marker, pageHref(context, marker.page)))
    const where = placeOf(context, article, part)
    if (where === 'body') body.push(partNode(part))
    records.push(writeMarker({ kind: 'part', role: part.role, where, blocks: part.blocks }, scanFragment(context, part.blocks)))
  }
  return { type: 'root', children: [...body, writeMarker({ kind: 'end' }), ...apparatus(context, article, doubts), ...records] }
}

function placeOf(context: MarkdownContext, article: Article, part: ArticlePart): 'body' | 'title' | 'empty' {
  if (part.text === '') return 'empty'
  return !context.titleInBody && part.role === 'heading' && part.text === article.heading ? 'title' : 'body'
}

function partNode(part: ArticlePart): RootContent {
  switch (part.role) {
    case 'heading':
      return { type: 'heading', depth: 1, children: phrasing(part.text) }
    case 'crosshead':
      return { type: 'heading', depth: 2, children: phrasing(part.text) }
    case 'caption':
      return { type: 'blockquote', children: [paragraph(part.text)] }
    case 'table':
      return tableOf(part.text) ?? paragraph(part.text)
    default:
      return paragraph(part.text)
  }
}

function pageHref(context: MarkdownContext, page: string): string {
  return `../${context.pagePath(page)}`
}

/** The scan with the box of the first block as a media fragment: `p01.jpg#xywh=10,20,300,400`. */
function scanFragment(context: MarkdownContext, blocks: readonly BlockRef[]): string {
  const ref = blocks[0]
  const page = ref && context.archive.pages.get(ref.page)?.page
  const block = ref && blockOf(context.archive, ref)
  if (!page?.image || !block) return '#'
  const box = blockBox(context.archive, ref.page, block)
  return `${scanPath(context, page) ?? encodeURIComponent(portable(page.image.href))}${box ? xywh(box) : ''}`
}

function scanPath(context: MarkdownContext, page: CleanPage['page']): string | undefined {
  const href = context.scanHref(page)
  return href === undefined ? undefined : `../${href}`
}

function xywh(box: { x: number; y: number; width: number; height: number }): string {
  return `#xywh=${[box.x, box.y, box.width, box.height].map(Math.round).join(',')}`
}

/** Below the text: the pages it stands on, and the list of open places (校勘记). */
function apparatus(context: MarkdownContext, article: Article, doubts: readonly Doubt[]): RootContent[] {
  const links = article.pages.map((page) => pageLink(context, page))
  const sources: RootContent[] = links.length > 0 ? [{ type: 'thematicBreak' }, ...links] : []
  if (doubts.length === 0) return sources
  const notes: RootContent[] = [
    { type: 'heading', depth: 2, children: [{ type: 'text', value: context.words.notes }] },
    {
      type: 'list',
      ordered: false,
      spread: false,
      children: doubts.map((doubt) => ({ type: 'listItem', spread: false, children: [doubtNote(context, doubt)] }))
    }
  ]
  return [...(sources.length > 0 ? sources : [{ type: 'thematicBreak' } as const]), ...notes]
}

function pageLink(context: MarkdownContext, page: string): RootContent {
  const { words, archive } = context
  const clean = archive.pages.get(page)
  const scan = clean && scanPath(context, clean.page)
  return {
    type: 'paragraph',
    children: [
      { type: 'text', value: `${words.source}${words.colon}` },
      { type: 'link', url: pageHref(context, page), children: [{ type: 'text', value: portable(words.page(pageLabel(archive, page))) }] },
      ...(scan
        ? [
            { type: 'text' as const, value: ' · ' },
            { type: 'link' as const, url: scan, children: [{ type: 'text' as const, value: words.scan }] }
          ]
        : [])
    ]
  }
}

function doubtNote(context: MarkdownContext, doubt: Doubt): ReturnType<typeof paragraph> {
  const text = portable(describeDoubt(context.words, doubt))
  const page = context.archive.pages.get(doubt.page)!.page
  const scan = scanPath(context, page)
  if (!scan || !doubt.box) return paragraph(text)
  return {
    type: 'paragraph',
    children: [
      { type: 'text', value: `${text} ` },
      { type: 'link', url: `${scan}${xywh(doubt.box)}`, children: [{ type: 'text', value: context.words.scan }] }
    ]
  }
}

function describeDoubt(words: Words, { change, part, context }: Doubt): string {
  const kind = change.kind === 'flag' ? words.doubtful : words.proposed
  const seen = change.before === '' ? '' : `“${oneLine(change.before)}”`
  return `${kind} · ${words.paragraph(part)} “${oneLine(context)}”${words.colon}${seen}${suggestion(words, change)} ${oneLine(change.reason)} (${change.id})`
}

function suggestion(words: Words, change: Doubt['change']): string {
  if (change.kind === 'replace') return ` → ${change.after === '' ? words.empty : `“${oneLine(change.after)}”`}`
  if (change.kind === 'join') return ` → ${change.target.region}@${change.target.at}`
  if (change.kind === 'label' || change.kind === 'split') return ` → ${words.roles[change.role]}`
  const guesses = change.guesses?.slice(0, 5).map((guess) => `“${oneLine(guess.text)}”`) ?? []
  return guesses.length > 0 ? ` ${words.guesses} ${guesses.join(' ')}` : ''
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\t]/g, ' ')
}
