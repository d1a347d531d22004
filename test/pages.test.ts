import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { explain } from '@broadsheet/compare'
import { blockText, checkConservation, replay } from '@broadsheet/document'
import { normalize } from '@broadsheet/normalize'
import { readText } from '@broadsheet/ocr'
import { describe, expect, test } from 'vitest'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
const update = process.env.UPDATE === '1'

test('CI does not rewrite what it compares with', () => expect(update && process.env.CI !== undefined).toBe(false))

const corpus = process.env.BROADSHEET_CORPUS
const seeds = corpus ? readdirSync(join(corpus, 'seeds')).filter((name) => name.endsWith('.txt')) : []

const cleanText = (text: string, language: string) => {
  const { page } = readText(new TextEncoder().encode(text), { id: 'page', language })
  return { page, ...normalize(page, { language }) }
}

/** What must hold of every page, whatever is on it. */
function checkLaws(text: string, language: string): void {
  const before = cleanText(text, language)
  const { page, changes, blocks } = before
  expect(replay(page, JSON.parse(JSON.stringify(changes)))).toEqual(blocks)
  expect(checkConservation(page, blocks, changes)).toEqual([])
  expect(new Set(changes.map((change) => change.id)).size).toBe(changes.length)
  expect(explain({ page, changes, blocks }).unexplained).toEqual([])
  expect(cleanText(text, language)).toEqual(before)
}

describe.each(readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'raw.txt'))))('%s', (name) => {
  const folder = join(fixtures, name)
  const raw = readFileSync(join(folder, 'raw.txt'), 'utf8')
  const language = name.startsWith('english') ? 'en' : 'zh-Hans'

  test('is cleaned as expected', () => {
    const { changes, blocks } = cleanText(raw, language)
    const files = {
      'expected.txt': blocks.map((block) => `${block.role}: ${blockText(block)}\n`).join(''),
      'changes.jsonl': changes.map((change) => `${JSON.stringify(change)}\n`).join('')
    }
    for (const [file, content] of Object.entries(files)) {
      if (update) writeFileSync(join(folder, file), content)
      expect(content).toBe(readFileSync(join(folder, file), 'utf8'))
    }
  })
  test('keeps the laws', () => checkLaws(raw, language))
})

test('correct text comes out untouched', () => {
  const { changes } = cleanText(readFileSync(join(fixtures, 'clean-prose/raw.txt'), 'utf8'), 'zh-Hans')
  expect(changes.filter(({ kind, status }) => kind !== 'label' && status !== 'rejected')).toEqual([])
})

describe.skipIf(seeds.length === 0)('the seeds (skipped without BROADSHEET_CORPUS)', () => {
  test.each(seeds)('%s keeps the laws', (name) => checkLaws(readFileSync(join(corpus!, 'seeds', name), 'utf8'), 'zh-Hans'))
})
