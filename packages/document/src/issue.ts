import type { Article, BlockRef } from './article.ts'
import type { TextRole } from './page.ts'

/** One issue of a newspaper: what `scans/<id>/` holds, and what an archive is made of. */
export interface Issue {
  /** Folder name and first part of every id below it: `linhu-evening-2024-03-05-a`. */
  readonly id: string
  readonly title: string
  /** ISO 8601 calendar date, `2024-03-05`; absent when nothing tells. */
  readonly date?: string
  readonly edition?: string
  /** BCP 47. */
  readonly language: string
  readonly publisher?: string
  readonly rights?: string
  readonly pages: readonly IssuePage[]
  /** In the paper's order. */
  readonly articles: readonly Article[]
  /** What does not agree: a folio with another date, a jump without its other end. */
  readonly contradictions?: readonly string[]
}

export interface IssuePage {
  /** Page id within the issue: `p01`. */
  readonly id: string
  /** As printed: `A03`, `02`. */
  readonly label?: string
  readonly section?: string
  /** What belongs to the page and to no article, in reading order. */
  readonly furniture: readonly { readonly role: TextRole; readonly text: string; readonly block: BlockRef }[]
  readonly state: PageState
}

export interface PageState {
  /** `failed` pages have a message and nothing else. */
  readonly stage: 'read' | 'cleaned' | 'reviewed' | 'failed'
  readonly grade?: Grade
  readonly message?: string
}

/** A, clean as print, to E, unusable. */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'E'

/** The id of the `number`-th article (from 1) that begins on page `page` of an issue: stays the same when other pages are added. */
export function articleId(issue: string, page: string, number: number): string {
  return `${issue}-${page}-i${String(number).padStart(4, '0')}`
}
