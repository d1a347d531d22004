import { isHan } from '@broadsheet/document'
import type { LineReading } from './engine.ts'
import type { FoundLine, Layout } from './layout/types.ts'
import type { LineResult } from './page-line.ts'

/**
 * The rows of a page whose lines run down that are read from the right. Old papers set them from the right, as columns of one character each;
 * newer ones from the left:
 *
 * ```
 *   日五月三年二國民      read from the right: 民國二年三月五日
 * ```
 *
 * Which way it is the page tells as a whole, by its rows' own wording (numbers stand before what they count, years before months,
 * `第` before its number) and by pairs of characters that its columns have too. Where nothing tells, rows stay as they were read, and
 * so do those with letters or figures, and those that speak against the others.
 *
 * @param results what was read, from left to right
 */
export function rowsFromTheRight(layout: Pick<Layout, 'direction'>, results: ReadonlyMap<FoundLine, LineResult>): Set<FoundLine> {
  if (layout.direction !== 'vertical-rl') return new Set()
  const columns = [...results].filter(([line]) => line.direction === 'vertical-rl')
  const pairs = new Set(columns.flatMap(([, { reading }]) => neighbours(reading.text)))
  const rows = [...results].filter(([line, { reading }]) => line.direction === 'horizontal-lr' && isPlainRow(reading))
  const votes = new Map(rows.map(([line, { reading }]) => [line, voteOf(reading.text, pairs)]))
  const all = [...votes.values()].reduce((sum, vote) => sum + vote, 0)
  return new Set(all > 0 ? [...votes].filter(([, vote]) => vote > -contrary).map(([line]) => line) : [])
}

/** How clearly a row must speak against the others to stay. */
const contrary = 2

/** Two characters or more, none of them a letter or an Arabic figure. */
function isPlainRow({ text, glyphs }: LineReading): boolean {
  return glyphs.length > 1 && isHan(glyphs[0]!.text) && !/[\p{Script=Latin}\d]/u.test(text)
}

const numeral = '[〇零一二三四五六七八九十百千廿卅]'
/** What tells the way a row is read, where it is read the right way, and how much. */
const signs: readonly (readonly [RegExp, number])[] = [
  [/年.{0,3}月.{0,4}日/u, 3],
  [new RegExp(`第${numeral}`, 'u'), 2],
  [new RegExp(`${numeral}[號版張頁期]`, 'u'), 1],
  [/民國|昭和|大正|明治|星期|禮拜|新聞|本市|本報|廣告|特刊|副刊|增刊|緊要|專電/u, 2],
  [/[日晚時民公報]報$/u, 1]
]

/** Above nought where a row, as read from the left, must be read from the right. */
function voteOf(text: string, pairs: ReadonlySet<string>): number {
  const plain = text.replace(/\s+/gu, '')
  const back = [...plain].reverse().join('')
  const told = signs.reduce((sum, [sign, weight]) => sum + weight * (Number(sign.test(back)) - Number(sign.test(plain))), 0)
  return told + 0.5 * (known(back, pairs) - known(plain, pairs))
}

function known(text: string, pairs: ReadonlySet<string>): number {
  return neighbours(text).filter((pair) => pairs.has(pair)).length
}

function neighbours(text: string): string[] {
  const characters = [...text]
  return characters
    .slice(1)
    .flatMap((character, index) => (isHan(character) && isHan(characters[index]!) ? [characters[index]! + character] : []))
}
