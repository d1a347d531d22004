import type { Blob } from './blob.ts'
import type { Block } from './blocks.ts'
import type { Rule } from './rules.ts'

/** What parts and surrounds the blocks of a page. */
export interface OrderContext {
  readonly rules: readonly Rule[]
  readonly pictures: readonly Blob[]
  /** The picture was turned: on a vertical page, lines that run across follow each other from left to right of the turned picture. */
  readonly turned: boolean
  readonly em: number
}

/** What a part of the page is cut by. */
export interface CutContext extends OrderContext {
  /** How far each block reaches: headings over their columns. */
  readonly spans: Spans
  readonly columnRules: readonly Rule[]
  /** Those that are no sides of printed boxes: where a box ends says nothing about what stands beside it. */
  readonly dividers: readonly Rule[]
  /** Headlines that run across, of the whole page. */
  readonly headings: readonly Blob[]
  readonly forks: Forks
}

/** A thing to be put in order: a block, or a printed box with all it holds. */
export interface Item extends Blob {
  readonly blocks: readonly Block[]
  readonly heading: boolean
}

/** How far a block reaches, and whether it heads what is below it. */
export interface Reach extends Blob {
  readonly heading: boolean
}

export type Spans = ReadonlyMap<Block, Reach>

/** Places where two ways to cut were nearly as good: how plausible the second is, in the order they are come upon; and the one where it is taken. */
export interface Forks {
  readonly found: number[]
  readonly taken?: number
}
