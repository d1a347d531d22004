import { type Article, type ArticlePart, blockText, type TextRole } from '@broadsheet/document'
import { type Archive, blockOf } from '../archive.ts'
import { attributes, escapeMarkup, languageTag } from '../publish/markup.ts'
import { articleTitle, pageLabel } from '../publish/titles.ts'
import { wordingFor } from '../publish/wording.ts'

/** A page of the paper, and the element of the chapter that marks where it begins. */
export interface PageTurn {
  readonly page: string
  readonly anchor: string
}

/** The page turns in an article, in its order. */
export function articleTurns(article: Article): PageTurn[] {
  const turns: PageTurn[] = []
  for (const part of article.parts)
    for (const { page } of part.blocks) if (page !== turns.at(-1)?.page) turns.push({ page, anchor: `turn-${turns.length + 1}` })
  return turns
}

const tags: Partial<Record<TextRole, string>> = { heading: 'h1', crosshead: 'h2' }

/** An article as XHTML, with its page turns (see `articleTurns`). */
export function articleMarkup(archive: Archive, article: Article): string {
  const turns = articleTurns(article).values()
  let page: string | undefined
  const turn = (to: string): string => {
    if (to === page) return ''
    page = to
    const { anchor } = turns.next().value!
    const label = wordingFor(archive.issue.language).page(pageLabel(archive.issue, page))
    return `<span${attributes({ 'epub:type': 'pagebreak', role: 'doc-pagebreak', id: anchor, 'aria-label': label })}></span>`
  }
  const titled = article.parts.some((part) => part.role === 'heading')
  let headings = 0
  const parts = article.parts.map((part) => {
    const tag = part.role === 'heading' && headings++ > 0 ? 'h2' : (tags[part.role] ?? 'p')
    return `<${tag} class="${part.role}">${partText(archive, part, turn)}</${tag}>`
  })
  const label = titled ? undefined : articleTitle(article, archive.issue.language)
  const language = languageTag(archive.pages.get(article.pages[0] ?? '')?.page.language ?? archive.issue.language)
  const frame = attributes({ 'epub:type': 'bodymatter', role: 'region', 'aria-label': label, lang: language, 'xml:lang': language })
  return `<section${titled ? attributes({ lang: language, 'xml:lang': language }) : frame}>\n${parts.join('\n')}\n</section>`
}

/** The text of a part, with a mark where the paper turns a page, even within a sentence. */
function partText(archive: Archive, part: ArticlePart, turn: (page: string) => string): string {
  let rest = part.text
  let markup = ''
  for (const [index, ref] of part.blocks.entries()) {
    const block = blockOf(archive, ref)
    const text = block ? blockText(block) : ''
    const at = index === 0 || text === '' ? 0 : rest.indexOf(text)
    if (at > 0) {
      markup += escapeMarkup(rest.slice(0, at))
      rest = rest.slice(at)
    }
    markup += turn(ref.page)
    if (text !== '' && rest.startsWith(text)) {
      markup += escapeMarkup(text)
      rest = rest.slice(text.length)
    }
  }
  return markup + escapeMarkup(rest)
}
