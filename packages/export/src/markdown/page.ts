import { type Block, type BlockRef, blockText, type IssuePage, type TextRole } from '@broadsheet/document'
import type { List, Root, RootContent } from 'mdast'
import { portable } from '../portable.ts'
import { software } from '../software.ts'
import { type MarkdownContext, titleOf } from './article.ts'
import type { FrontMatter } from './front-matter.ts'
import { phrasing } from './text.ts'

/** `pages/<page>/index.md`: the articles of a page, then everything that belongs to the page and to no article, labelled. */
export function pageFrontMatter(context: MarkdownContext, page: IssuePage): FrontMatter {
  const { issue, pages } = context.archive
  const image = pages.get(page.id)?.page.image
  return {
    title: pageTitle(context, page),
    date: issue.date,
    publication: issue.title,
    edition: issue.edition,
    page: page.label ?? page.id,
    section: page.section,
    lang: issue.language,
    source: image?.href ? [image.href] : [],
    sha256: image?.sha256 ? [image.sha256] : [],
    grade: page.state.grade,
    reviewed: page.state.stage === 'reviewed',
    generator: `${software.name} ${software.version}`,
    broadsheet: { schema: 1, issue: issue.id, id: page.id }
  }
}

export function pageTitle(context: MarkdownContext, page: IssuePage): string {
  return [context.archive.issue.title, context.words.page(page.label ?? page.id), page.section].filter(Boolean).join(' ')
}

export function pageTree(context: MarkdownContext, page: IssuePage): Root {
  const { words } = context
  const clean = context.archive.pages.get(page.id)?.page
  const scan = clean && context.scanHref(clean)
  const children: RootContent[] = []
  if (context.titleInBody) children.push({ type: 'heading', depth: 1, children: phrasing(pageTitle(context, page)) })
  if (page.state.message) children.push(line(`${words.failed}${words.colon}${page.state.message}`))
  if (scan)
    children.push({
      type: 'paragraph',
      children: [{ type: 'link', url: `../../${scan}`, children: [{ type: 'text', value: words.scan }] }]
    })
  children.push(...section(words.articles, articleItems(context, page.id, '../../')))
  children.push(
    ...section(
      words.furniture,
      page.furniture.filter((item) => item.text.trim() !== '').map((item) => labelled(context, item.role, item.text))
    )
  )
  children.push(
    ...section(
      words.unassigned,
      unassigned(context, page).map((block) => labelled(context, block.role, blockText(block)))
    )
  )
  return { type: 'root', children }
}

function line(text: string): RootContent {
  return { type: 'paragraph', children: phrasing(text) }
}

function section(title: string, items: readonly RootContent[][]): RootContent[] {
  return items.length === 0 ? [] : [{ type: 'heading', depth: 2, children: [{ type: 'text', value: title }] }, listOf(items)]
}

function listOf(items: readonly RootContent[][]): List {
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: items.map((children) => ({ type: 'listItem', spread: false, children: children as List['children'][number]['children'] }))
  }
}

/** Links to the articles that have text on a page, in the paper's order. */
export function articleItems(context: MarkdownContext, page: string, up: string): RootContent[][] {
  return context.archive.issue.articles
    .filter((article) => article.pages.includes(page))
    .map((article) => [
      {
        type: 'paragraph',
        children: [
          {
            type: 'link',
            url: `${up}${context.articlePath(article.id)}`,
            children: [{ type: 'text', value: portable(titleOf(article, context.words)) }]
          }
        ]
      }
    ])
}

function labelled(context: MarkdownContext, role: TextRole, text: string): RootContent[] {
  return [
    { type: 'paragraph', children: [{ type: 'text', value: `${context.words.roles[role]}${context.words.colon}` }, ...phrasing(text)] }
  ]
}

/** Blocks of a page that stand in no article and are not its furniture: shown, so that nothing is lost. */
function unassigned(context: MarkdownContext, page: IssuePage): Block[] {
  const key = (ref: BlockRef): string => JSON.stringify([ref.page, ref.block])
  const used = new Set(page.furniture.map((item) => key(item.block)))
  for (const article of context.archive.issue.articles)
    if (article.pages.includes(page.id)) for (const part of article.parts) for (const ref of part.blocks) used.add(key(ref))
  const blocks = context.archive.pages.get(page.id)?.blocks ?? []
  return blocks.filter((block) => blockText(block).trim() !== '' && !used.has(key({ page: page.id, block: block.id })))
}
