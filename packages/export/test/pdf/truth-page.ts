import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Article, ArticlePart, Box, CleanPage, Issue, IssuePage, Line, Page, TextRegion, TextRole } from '@broadsheet/document'
import { articleId, blockText, furnitureRoles, replay } from '@broadsheet/document'

/** Made newspaper scans with exact truth (schema `scan-forge/truth@1`), as pages nobody had to read. */
export interface TruthPage {
  readonly clean: CleanPage
  readonly image: Uint8Array
  readonly articles: readonly { readonly id: string; readonly headline: string; readonly blocks: readonly string[] }[]
  readonly newspaper: string
  readonly language: string
  readonly label: string
}

interface Truth {
  readonly id: string
  readonly image: { readonly file: string; readonly width: number; readonly height: number; readonly dpi: number }
  readonly page: { readonly newspaper: string; readonly pageNo: string; readonly lang: string }
  readonly articles: readonly { readonly id: string; readonly headline: string | null }[]
  readonly blocks: readonly {
    readonly id: string
    readonly kind: string
    readonly article: string | null
    readonly bbox: Corners
    readonly lines: readonly string[]
  }[]
  readonly lines: readonly {
    readonly id: string
    readonly text: string
    readonly bbox: Corners | null
    readonly orientation: string
    readonly rtl?: boolean
    readonly sizePx: number
    readonly chars: readonly (Corners | null)[]
  }[]
}

type Corners = readonly [number, number, number, number]

const roles: Readonly<Record<string, TextRole>> = {
  masthead: 'masthead',
  folio: 'folio',
  banner: 'slogan',
  section: 'section',
  kicker: 'kicker',
  headline: 'heading',
  subhead: 'deck',
  byline: 'credit',
  subheading: 'crosshead',
  caption: 'caption',
  table: 'table',
  pullquote: 'note',
  jump: 'jump-line',
  index: 'other',
  advert: 'advert',
  poster: 'poster',
  strip: 'slogan',
  imprint: 'footer'
}

export function readTruthPage(folder: string, id: string): TruthPage {
  const truth = JSON.parse(readFileSync(join(folder, `${id}.truth.json`), 'utf8')) as Truth
  const image = readFileSync(join(folder, truth.image.file))
  const lines = new Map(truth.lines.map((line) => [line.id, line]))
  const regions = truth.blocks
    .filter((block) => block.lines.length > 0)
    .map(
      (block): TextRegion => ({
        type: 'text',
        id: block.id,
        role: roles[block.kind] ?? 'paragraph',
        box: boxOf(block.bbox),
        lines: block.lines.map((line) => toLine(lines.get(line)!))
      })
    )
  const { file, width, height, dpi } = truth.image
  const sha256 = createHash('sha256').update(image).digest('hex')
  const page: Page = { id, image: { href: file, width, height, dpi, sha256 }, language: truth.page.lang, regions, processing: [] }
  const articles = truth.articles.map((article) => ({
    id: article.id,
    headline: article.headline ?? '',
    blocks: truth.blocks.filter((block) => block.article === article.id && block.lines.length > 0).map((block) => block.id)
  }))
  const clean = { page, changes: [], blocks: replay(page, []) }
  return { clean, image, articles, newspaper: truth.page.newspaper, language: truth.page.lang, label: truth.page.pageNo }
}

function toLine(line: Truth['lines'][number]): Line {
  const glyphs = [...line.text].map((text, index) => ({ text, confidence: 1, box: line.chars[index] && boxOf(line.chars[index]) }))
  const seen = glyphs.filter((glyph): glyph is { text: string; confidence: number; box: Box } => Boolean(glyph.box))
  const words =
    line.bbox && seen.length === glyphs.length ? [{ box: boxOf(line.bbox), text: line.text, confidence: 1, glyphs: seen }] : undefined
  const direction = line.orientation === 'vertical' ? 'vertical-rl' : line.rtl ? 'horizontal-rl' : 'horizontal-lr'
  return {
    id: line.id,
    direction,
    text: line.text.trim(),
    confidence: 1,
    emPx: line.sizePx,
    ...(line.bbox && { box: boxOf(line.bbox) }),
    ...(words && { words })
  }
}

function boxOf([left, top, right, bottom]: Corners): Box {
  const [x, y] = [Math.floor(left), Math.floor(top)]
  return { x, y, width: Math.max(1, Math.ceil(right) - x), height: Math.max(1, Math.ceil(bottom) - y) }
}

/** An issue of these pages, every article of the truth an article, everything else furniture. */
export function issueOf(id: string, pages: readonly TruthPage[], date: string): Issue {
  const articles = pages.flatMap((page) => page.articles.map((article, index): Article => toArticle(id, page, article, index + 1)))
  return { id, title: pages[0]!.newspaper, date, language: pages[0]!.language, pages: pages.map(toIssuePage), articles }
}

function toArticle(issue: string, page: TruthPage, article: TruthPage['articles'][number], number: number): Article {
  const blocks = page.clean.blocks.filter((block) => article.blocks.includes(block.id))
  const parts = blocks.map(
    (block): ArticlePart => ({ role: block.role, text: blockText(block), blocks: [{ page: page.clean.page.id, block: block.id }] })
  )
  const heading = parts.find((part) => part.role === 'heading')?.text
  const kicker = parts.find((part) => part.role === 'kicker')?.text
  const base = { id: articleId(issue, page.clean.page.id, number), credits: [], parts, pages: [page.clean.page.id], confidence: 1 }
  return { ...base, ...(heading && { heading }), ...(kicker && { kicker }) }
}

function toIssuePage(page: TruthPage): IssuePage {
  const used = new Set(page.articles.flatMap((article) => article.blocks))
  const furniture = page.clean.blocks
    .filter((block) => !used.has(block.id))
    .map((block) => ({
      role: furnitureRoles.has(block.role) ? block.role : ('other' as const),
      text: blockText(block),
      block: { page: page.clean.page.id, block: block.id }
    }))
  return { id: page.clean.page.id, label: page.label, furniture, state: { stage: 'cleaned' } }
}
