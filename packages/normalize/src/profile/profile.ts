import type { Confusion } from './confusion.ts'

/** What is known of a newspaper beforehand: its house rules. Everything is optional, and everything works without. */
export interface Profile {
  /** Title of the newspaper. */
  readonly title?: string
  /** Names and terms that are right as they stand. */
  readonly names?: readonly string[]
  /** Misreadings that recur in it. */
  readonly confusions?: readonly Confusion[]
  /** Names of papers and houses that stand over or under its pages. */
  readonly mastheads?: readonly string[]
  /** Names of sections: 要闻, 城事. */
  readonly sections?: readonly string[]
  /** Lines that recur on its pages and belong to no article. */
  readonly slogans?: readonly string[]
  /** Lines that recur over headings: 湖畔时评. */
  readonly kickers?: readonly string[]
  /** How its credits begin: 临湖日报青萝融媒体中心记者. */
  readonly bylines?: readonly string[]
  /** How its datelines read, figures as 0: 临湖0月0日讯. */
  readonly datelines?: readonly string[]
  /** How its folios read, figures as 0. */
  readonly folios?: readonly string[]
  /** Columns of the page's grid, as mostly printed. */
  readonly columns?: number
}
