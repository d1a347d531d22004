import { isHan } from '@broadsheet/document'
import type { LineGlyph, LineReading } from '../engine.ts'

/**
 * What a character is where it stands, which says how far an engine can be believed:
 *
 * - `letter`: of a line of letters
 * - `figure`: a letter where a figure must stand, `fs,ooo` for £5,000: figures set like letters, of various heights, are taken for them
 * - `oddity`: a sign between letters that papers hardly print, mostly the rest of a rule or a stain
 * - `inset`: a letter of a word or number in a Chinese line
 * - `stray`: a letter alone between Chinese characters, where hardly anybody prints one
 */
export type GlyphKind = 'han' | 'letter' | 'figure' | 'oddity' | 'inset' | 'stray' | 'digit' | 'mark'

/** The kinds of a reading's characters, in order. */
export function kindsOf(reading: LineReading): GlyphKind[] {
  const { glyphs } = reading
  if (glyphs.some(({ text }) => isHan(text))) return glyphs.map((_, index) => kindAmongHan(glyphs, index))
  const figures = lettersAmongFigures(reading)
  return glyphs.map((glyph) => kindAmongLetters(glyph, figures.has(glyph)))
}

function kindAmongLetters({ text }: LineGlyph, amongFigures: boolean): GlyphKind {
  const plain = plainKind(text)
  if (plain === 'letter') return amongFigures ? 'figure' : 'letter'
  return plain === 'mark' && odd.test(text) ? 'oddity' : plain
}

const odd = /^[|\\~_{}<>«»§¢©®¬^`]$/u

function kindAmongHan(glyphs: readonly LineGlyph[], index: number): GlyphKind {
  const { text } = glyphs[index]!
  const plain = plainKind(text)
  if (plain !== 'letter') return plain
  const neighbours = [glyphs[index - 1]?.text ?? '', glyphs[index + 1]?.text ?? '']
  // What is left of 日 between two figures, where its strokes are lost.
  if (text === 'H' && !neighbours.some((each) => isLatinLetter(each))) return 'stray'
  return neighbours.some((each) => isLatinLetter(each) || /\p{N}/u.test(each)) ? 'inset' : 'stray'
}

function isLatinLetter(text: string): boolean {
  return /\p{Script=Latin}/u.test(text)
}

function plainKind(text: string): 'han' | 'digit' | 'mark' | 'letter' {
  if (isHan(text)) return 'han'
  if (/\p{N}/u.test(text)) return 'digit'
  return /\p{L}/u.test(text) ? 'letter' : 'mark'
}

/** Letters that stand in a word where a figure must: before one, l, i and o behind one, and in groups of three behind a comma. */
const beforeFigure = /[oOsSiIlZzgqfB](?=\d)/gu
const behindFigure = /(?<=\d)[iIlOo]/gu
const grouped = /^[\p{P}]?[f£$\dosSiIlO]{1,4}(?:,[\dosSiIlO]{3})+(?![\p{L}\p{N}])/u

function lettersAmongFigures({ text, glyphs }: LineReading): Set<LineGlyph> {
  const found = new Set<LineGlyph>()
  for (const word of wordsOf(text, glyphs)) {
    const places = placesIn(word.map((glyph) => glyph.text).join(''))
    let at = 0
    for (const glyph of word) {
      if (places.has(at) && plainKind(glyph.text) === 'letter') found.add(glyph)
      at += glyph.text.length
    }
  }
  return found
}

/** Offsets of such letters in a word. */
function placesIn(word: string): Set<number> {
  const group = grouped.exec(word)?.[0] ?? ''
  return new Set([
    ...Array.from(word.matchAll(beforeFigure), ({ index }) => index),
    ...Array.from(word.matchAll(behindFigure), ({ index }) => index),
    ...Array.from({ length: group.length }, (_, index) => index)
  ])
}

/** The glyphs of each stretch of the text without a blank. */
function wordsOf(text: string, glyphs: readonly LineGlyph[]): LineGlyph[][] {
  const words: LineGlyph[][] = [[]]
  let at = 0
  for (const glyph of glyphs) {
    const next = text.indexOf(glyph.text, at)
    if (next > at) words.push([])
    words.at(-1)!.push(glyph)
    if (next !== -1) at = next + glyph.text.length
  }
  return words
}
