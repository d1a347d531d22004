import { type Change, checkConservation, type Page, type Region, rawPageText, replay, type TextRole } from '@broadsheet/document'
import { expect } from 'vitest'
import type { Example, ExampleBlock, Normalized, NormalizeOptions, Rule } from '../src/index.ts'
import { applyRules } from '../src/index.ts'

/** A page without boxes: a region for every block, named r1, r2, … */
export function pageOf(blocks: string | readonly ExampleBlock[], language?: string): Page {
  const list = typeof blocks === 'string' ? [blocks] : blocks
  return { id: 'p01', ...(language ? { language } : {}), regions: list.map(regionOf), processing: [] }
}

function regionOf(block: ExampleBlock, index: number): Region {
  const id = `r${index + 1}`
  const lines = typeof block === 'string' ? [block] : 'lines' in block ? block.lines : [block.text]
  const role: TextRole = typeof block === 'string' ? 'paragraph' : (block.role ?? 'paragraph')
  return { type: 'text', id, role, lines: lines.map((text, line) => ({ id: `${id}l${line + 1}`, text })) }
}

export const exampleText = (example: Example['after']): string[] =>
  (typeof example === 'string' ? [example] : example).map((block) =>
    typeof block === 'string' ? block : 'lines' in block ? block.lines.join('') : block.text
  )

export const blockTexts = ({ blocks }: Pick<Normalized, 'blocks'>): string[] =>
  blocks.map((block) => block.pieces.map((piece) => piece.text).join(''))

/** The page that a cleaned page would be if it were scanned again: its blocks as regions. */
export function pageOfBlocks(page: Page, { blocks }: Pick<Normalized, 'blocks'>): Page {
  const texts = blockTexts({ blocks })
  return {
    id: page.id,
    ...(page.language ? { language: page.language } : {}),
    regions: blocks.map((block, index) => ({
      type: 'text',
      id: `r${index + 1}`,
      role: block.role,
      lines: texts[index] === '' ? [] : [{ id: `r${index + 1}l1`, text: texts[index]! }]
    })),
    processing: []
  }
}

const appliedToText = ({ kind, status }: Change): boolean => status === 'applied' && kind !== 'flag'

/**
 * What holds of cleaning any page with any rules: the raw page is untouched, the record alone makes the text again, every character
 * is accounted for, no id stands twice, the same input gives the same output, and cleaning the clean text alters nothing.
 */
export function lawsHold(page: Page, rules: readonly Rule[], options: NormalizeOptions = {}): Normalized {
  const before = JSON.stringify(page)
  const raw = rawPageText(page)
  const result = applyRules(page, rules, options)
  expect(JSON.stringify(page)).toBe(before)
  expect(rawPageText(page)).toBe(raw)
  expect(replay(page, JSON.parse(JSON.stringify(result.changes)) as Change[])).toEqual(result.blocks)
  expect(checkConservation(page, result.blocks, result.changes)).toEqual([])
  expect(new Set(result.changes.map(({ id }) => id)).size).toBe(result.changes.length)
  expect(applyRules(JSON.parse(before) as Page, rules, options)).toEqual(result)
  const again = applyRules(pageOfBlocks(page, result), rules, { ...options, decisions: [] })
  expect(again.changes.filter(appliedToText)).toEqual([])
  return result
}
