import type { Block } from './block.ts'
import type { Change, Evidence } from './change.ts'
import type { Page, TextRole } from './page.ts'

/** A page as it leaves cleaning: `blocks` is `replay(page, changes)`. */
export interface CleanPage {
  readonly page: Page
  readonly changes: readonly Change[]
  readonly blocks: readonly Block[]
}

/** A block of an article, with the page it stands on: block ids are unique within a page only. */
export interface BlockRef {
  readonly page: string
  readonly block: string
}

/** A part of an article in reading order. Its text is the clean text of its blocks, never a copy edited apart. */
export interface ArticlePart {
  readonly role: TextRole
  readonly text: string
  /** Usually one; more when a paragraph goes on over a page turn or a heading is set in several lines. */
  readonly blocks: readonly BlockRef[]
}

/** A person named in a credit line, and what for. */
export interface Credit {
  readonly role: 'reporter' | 'correspondent' | 'photographer' | 'editor' | 'designer' | 'author' | 'agency' | 'translator' | 'other'
  readonly name: string
  /** The house named before the name, as printed: 大众日报淄博融媒体中心. */
  readonly organisation?: string
}

/** What a reader calls an article: everything under one heading, on however many pages. */
export interface Article {
  /** `<issue-id>-i0007`; numbered by the page its heading stands on and its place there, see `articleId`. */
  readonly id: string
  readonly kicker?: string
  /** Absent when the page prints none: an untitled article. */
  readonly heading?: string
  readonly deck?: string
  readonly dateline?: string
  readonly credits: readonly Credit[]
  /** All parts, headings and credits among them, in reading order. */
  readonly parts: readonly ArticlePart[]
  /** Page ids in the order the article runs. */
  readonly pages: readonly string[]
  /** 0 to 1: how sure it is that these blocks, and no others, are one article. */
  readonly confidence: number
  readonly evidence?: Readonly<Record<string, Evidence>>
  /** Another plausible grouping, for a person to choose. */
  readonly alternatives?: readonly { readonly blocks: readonly BlockRef[]; readonly confidence: number; readonly reason: string }[]
  readonly jumps?: readonly Jump[]
}

/** A jump line (下转A03版, 上接A01版, “Continued on page 5”) and what was found at its other end. */
export interface Jump {
  readonly direction: 'to' | 'from'
  readonly at: BlockRef
  /** As printed: `A03`. */
  readonly pageLabel: string
  /** Page id, when that page is in the issue and the other end was found there. */
  readonly page?: string
}
