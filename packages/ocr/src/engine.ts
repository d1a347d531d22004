import type { Reading, Variant } from '@broadsheet/document'

/**
 * Reads cut-out lines. All an engine knows of a page is its lines: finding them and putting them in order is layout's work.
 * Adding an engine is one file that makes one of these.
 */
export interface Engine {
  /** `paddle`, `tesseract`, …: the name readings and processing steps bear. */
  readonly name: string
  readonly version: string
  /** Digest of the models and of every setting that can change a reading: part of the cache key of a run. */
  readonly fingerprint: string
  /** BCP 47 tags of what it reads. */
  readonly languages: readonly string[]
  /**
   * Result i belongs to line i, and is the same whatever was read before or stands beside it in the list.
   * Nothing readable is `{ text: '', confidence: 0, glyphs: [] }`, not an error.
   */
  readLines(lines: readonly LineImage[], options?: ReadLinesOptions): Promise<LineReading[]>
  /** Frees models and workers; the engine cannot be used afterwards. */
  close(): Promise<void>
}

export interface ReadLinesOptions {
  readonly signal?: AbortSignal
  /** Only how well the lines read is asked, not what they say: one look at each will do. */
  readonly rough?: boolean
}

/**
 * One printed line cut from the page, upright in its own crop with a small margin of paper: raw grey, dark ink on light paper
 * (reversed heads come inverted). An engine that wants another preparation makes it itself.
 */
export interface LineImage {
  /** One byte a pixel, 0 black to 255 white, row by row without padding: `width * height` bytes. */
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  /** BCP 47: what the line is expected to be set in. */
  readonly language: string
  /** `vertical-rl`: the characters stand upright one below the other, and the crop is high and narrow. */
  readonly direction: 'horizontal-lr' | 'vertical-rl'
}

export interface LineReading {
  /** Without surrounding blanks; its characters but blanks are those of `glyphs`, in order. */
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
  readonly glyphs: readonly LineGlyph[]
  /** What else was read of the line at a second look, where it differs. */
  readonly readings?: readonly Reading[]
}

/** One character as read, with its extent along the line. */
export interface LineGlyph {
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
  /** Where it begins along the line, in pixels of the crop: from the left edge, or from the top of a vertical line. */
  readonly from: number
  /** Where it ends, `from` ≤ `to`. */
  readonly to: number
  /** What else it may be, best first. */
  readonly variants?: readonly Variant[]
}
