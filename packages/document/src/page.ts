import type { Box } from './box.ts'
import type { ProcessingStep } from './processing.ts'

/**
 * What was seen on one page. Written once, never edited: cleaning makes changes beside it.
 * A plain JSON value; absent means "not known or not asked for", an empty list "looked for, none there".
 */
export interface Page {
  /** Unique within the issue; the scan's file name without its ending, `-2` and so on for later sheets of one file. */
  readonly id: string
  /** Absent when the page exists only as text. */
  readonly image?: PageImage
  /** BCP 47, `zh-Hans`, `zh-Hant`, `en`, `de`, …: what the page is mostly set in. */
  readonly language?: string
  /** In reading order. */
  readonly regions: readonly Region[]
  /** Reading orders that were plausible too, best first; region ids. */
  readonly orders?: readonly ReadingOrder[]
  readonly processing: readonly ProcessingStep[]
  /** What was wrong with the source, in one sentence each; the page stands nevertheless. */
  readonly problems?: readonly Problem[]
}

/** The archival image: every box of the page is measured on it, whatever preparation the engine saw. */
export interface PageImage {
  /** The file's name beside the page, never a path of one machine. */
  readonly href: string
  /** Which sheet of a multi-page file, from 0. */
  readonly sheet?: number
  readonly width: number
  readonly height: number
  /** Dots per inch as the file states it, or as guessed from the type (`dpiGuessed`). */
  readonly dpi?: number
  readonly dpiGuessed?: boolean
  /** Lower-case hex SHA-256 of the file's bytes. */
  readonly sha256: string
  /** The part of the sheet that this page is, when one scan holds two pages. */
  readonly crop?: Box
}

export interface ReadingOrder {
  readonly regions: readonly string[]
  /** 0 to 1; the page's own order has what is left. */
  readonly confidence: number
}

/** Something the reader of a file found not quite valid, or a part of the sheet nobody could read. */
export interface Problem {
  readonly message: string
  /** Region or line id, where one is concerned. */
  readonly place?: string
  readonly box?: Box
}

export type Region = TextRegion | OtherRegion

/** A block of text on the paper (PAGE-XML `TextRegion`, ALTO `TextBlock`). */
export interface TextRegion {
  readonly type: 'text'
  readonly id: string
  /** What it looked like when it was read. Rules relabel it by a change; this stays. */
  readonly role: TextRole
  readonly box?: Box
  /** Corners in order, when the region is not a rectangle; pixels of the archival image. */
  readonly polygon?: readonly Point[]
  readonly lines: readonly Line[]
  /** Which column of the page's grid it starts in, from 0, where the layout knows. */
  readonly column?: number
  /** How sure the layout is that this region stands here in reading order, 0 to 1. */
  readonly orderConfidence?: number
}

/** A part of the page that is not text: kept, so that the page is whole. */
export interface OtherRegion {
  readonly type: 'image' | 'separator' | 'table' | 'graphic' | 'noise'
  readonly id: string
  readonly box: Box
}

export type Point = readonly [x: number, y: number]

/** One printed line (PAGE-XML `TextLine`). Its text is what the engine read, without surrounding blanks. */
export interface Line {
  readonly id: string
  readonly box?: Box
  /** Absent: `horizontal-lr`. */
  readonly direction?: 'horizontal-lr' | 'horizontal-rl' | 'vertical-rl'
  readonly text: string
  /** 0 to 1. */
  readonly confidence?: number
  /** Height of the type in pixels (for vertical lines: its width): the em. */
  readonly emPx?: number
  /** Blank before the first character, in ems; the sign of a new paragraph where no box tells. */
  readonly indent?: number
  readonly words?: readonly Word[]
  /** What else was read here: a second engine's reading, or the old OCR's. */
  readonly readings?: readonly Reading[]
}

/** A run without blanks (ALTO `String`); in Chinese usually the whole line. */
export interface Word {
  readonly box: Box
  readonly text: string
  readonly confidence: number
  readonly glyphs?: readonly Glyph[]
}

/** One character as printed (PAGE-XML and ALTO `Glyph`), with the engine's next-best readings. */
export interface Glyph {
  readonly box: Box
  readonly text: string
  readonly confidence: number
  readonly variants?: readonly Variant[]
}

export interface Variant {
  readonly text: string
  readonly confidence: number
}

export interface Reading {
  readonly engine: string
  readonly text: string
  readonly confidence: number
}

/** PAGE-XML's types of text region, and what newspapers need besides. */
export type TextRole = (typeof textRoles)[number]

export const textRoles = [
  'paragraph',
  'heading',
  'kicker',
  'deck',
  'crosshead',
  'dateline',
  'credit',
  'caption',
  'table',
  'note',
  'jump-line',
  'header',
  'footer',
  'page-number',
  'masthead',
  'folio',
  'section',
  'slogan',
  'poster',
  'advert',
  'noise',
  'other'
] as const

/** Roles that belong to the page and to no article: kept and labelled, never deleted. */
export const furnitureRoles: ReadonlySet<TextRole> = new Set<TextRole>([
  'header',
  'footer',
  'page-number',
  'masthead',
  'folio',
  'section',
  'slogan',
  'poster',
  'advert',
  'noise'
])
