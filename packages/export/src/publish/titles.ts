import type { Article, Issue, IssuePage } from '@broadsheet/document'
import { wordsFor } from '../words.ts'
import { wordingFor } from './wording.ts'

/** The name an article goes by in lists: its heading, else its first words. */
export function articleTitle(article: Article, language: string): string {
  const heading = article.heading?.trim() || article.kicker?.trim() || article.deck?.trim()
  if (heading) return heading
  const text = article.parts.map((part) => part.text.trim()).find((part) => part !== '')
  return text ? shorten(text, 20) : wordsFor(language).untitled
}

/** The first `length` characters of a text, with an ellipsis where more follow. */
export function shorten(text: string, length: number): string {
  const chars = [...text.slice(0, 2 * length + 2)]
  return chars.length > length ? `${chars.slice(0, length).join('')}…` : text
}

/** What a page is called: as printed (`A03`), else by its place in the issue. */
export function pageLabel(issue: Issue, id: string): string {
  const index = issue.pages.findIndex((page) => page.id === id)
  return issue.pages[index]?.label ?? (index < 0 ? id : String(index + 1))
}

/** Title, date and edition of an issue in one line. */
export function issueTitle(issue: Issue): string {
  return [issue.title, issue.date, issue.edition].filter(Boolean).join(' ')
}

/** The page's label with the name of its section. */
export function pageTitle(issue: Issue, page: IssuePage): string {
  return [wordingFor(issue.language).page(pageLabel(issue, page.id)), page.section].filter(Boolean).join(' ')
}
