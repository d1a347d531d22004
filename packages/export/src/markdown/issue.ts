import type { Root, RootContent } from 'mdast'
import { portable } from '../portable.ts'
import { software } from '../software.ts'
import type { MarkdownContext } from './article.ts'
import type { FrontMatter } from './front-matter.ts'
import { articleItems } from './page.ts'
import { phrasing } from './text.ts'

/** `index.md`: the table of contents of an issue. */
export function issueFrontMatter(context: MarkdownContext): FrontMatter {
  const { issue } = context.archive
  return {
    title: [issue.title, issue.date, issue.edition].filter(Boolean).join(' '),
    date: issue.date,
    publication: issue.title,
    edition: issue.edition,
    publisher: issue.publisher,
    rights: issue.rights,
    lang: issue.language,
    pages: issue.pages.map((page) => page.id),
    articles: issue.articles.length,
    generator: `${software.name} ${software.version}`,
    broadsheet: { schema: 1, issue: issue.id, id: issue.id }
  }
}

export function issueTree(context: MarkdownContext): Root {
  const { archive, words } = context
  const { issue } = archive
  const children: RootContent[] = []
  if (context.titleInBody) children.push(heading(1, String(issueFrontMatter(context).title)))
  for (const page of issue.pages) {
    const label = [words.page(page.label ?? page.id), page.section, page.state.grade && `(${page.state.grade})`].filter(Boolean).join(' ')
    children.push({
      type: 'heading',
      depth: 2,
      children: [{ type: 'link', url: context.pagePath(page.id), children: [{ type: 'text', value: portable(label) }] }]
    })
    if (page.state.message) children.push({ type: 'paragraph', children: phrasing(`${words.failed}${words.colon}${page.state.message}`) })
    const items = articleItems(context, page.id, '')
    if (items.length > 0) children.push(list(items))
  }
  if (issue.contradictions?.length) {
    children.push(heading(2, words.contradictions))
    children.push(list(issue.contradictions.map((text) => [{ type: 'paragraph', children: phrasing(text) }])))
  }
  return { type: 'root', children }
}

function heading(depth: 1 | 2, text: string): RootContent {
  return { type: 'heading', depth, children: phrasing(text) }
}

function list(items: readonly RootContent[][]): RootContent {
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: items.map((children) => ({ type: 'listItem', spread: false, children: children as never }))
  }
}
