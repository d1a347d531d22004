import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLanguageModel, packArchive, trainArchive } from '@broadsheet/normalize'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { planScans } from '../src/plan.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'broadsheet-plan-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const issue = (name: string, ...files: string[]): void => {
  mkdirSync(join(root, name), { recursive: true })
  for (const file of files) writeFileSync(join(root, name, file), '')
}
const pagesOf = async (...files: string[]): Promise<string[]> => {
  issue('paper', ...files)
  return (await planScans(root)).issues[0]!.files.map((file) => `${file.pageId} ${file.name}`)
}

describe('planScans', () => {
  test('takes pages in the order of their numbers', async () =>
    expect(await pagesOf('p10.jpg', 'p2.jpg', 'p1-2.jpg', 'p1.jpg')).toEqual(['p1 p1.jpg', 'p1-2 p1-2.jpg', 'p2 p2.jpg', 'p10 p10.jpg']))
  test.skipIf(process.platform !== 'linux')('a name that is not UTF-8 is told, and the others are taken', async () => {
    const nameless = (...parts: (string | number[])[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part as string)))
    issue('paper', 'p1.jpg')
    writeFileSync(nameless(join(root, 'paper'), '/', [0xff, 0xfe], '.jpg'), '')
    writeFileSync(nameless(join(root, 'paper'), '/', [0xff, 0xfe], '.doc'), '')
    mkdirSync(nameless(root, '/', [0xff, 0xfe]))
    const { issues, failures, notes } = await planScans(root)
    expect(issues[0]!.files.map(({ name }) => name)).toEqual(['p1.jpg'])
    expect(failures).toEqual([expect.stringMatching(/: .*not UTF-8, rename it/), expect.stringMatching(/\.jpg: .*not UTF-8, rename it/)])
    expect(notes).toEqual([expect.stringMatching(/\.doc: passed over; .*not UTF-8, rename it/)])
  })
  test('one id a page: a second file of a name carries its ending', async () =>
    expect(await pagesOf('p1.jpg', 'P1.png', 'p1-jpg.jpg')).toEqual(['P1 P1.png', 'p1-jpg p1.jpg', expect.stringMatching(/^p1-jpg-jpg p/)]))
  test('the second sheet of a file has an id too, which no other file takes', async () =>
    expect(await pagesOf('p1.tif', 'p1-2.tif', 'p2.pdf')).toEqual(['p1 p1.tif', 'p1-2-tif p1-2.tif', 'p2 p2.pdf']))
  test('a scan is kept whole where its second page would bear the name of another file, or the issue says so', async () => {
    const splits = async (): Promise<string[]> =>
      (await planScans(root)).issues[0]!.files.map((file) => `${file.name} ${file.split ?? 'auto'}`)
    issue('paper', 'p1.jpg', 'p1-2.jpg', 'p2.jpg', 'p3.txt')
    expect(await splits()).toEqual(['p1.jpg never', 'p1-2.jpg auto', 'p2.jpg auto', 'p3.txt auto'])
    writeFileSync(join(root, 'paper', 'broadsheet.yaml'), 'title: 临湖晚报\nsplit: never\n')
    expect(await splits()).toEqual(['p1.jpg never', 'p1-2.jpg never', 'p2.jpg never', 'p3.txt auto'])
  })
  test('old OCR beside a scan is no page, whatever its ending', async () => {
    expect(await pagesOf('p1.webp', 'p1.txt', 'p2.png', 'p2.json', 'p3.txt')).toEqual(['p1 p1.webp', 'p2 p2.png', 'p3 p3.txt'])
    expect((await planScans(root)).notes).toHaveLength(2)
  })
  test('two folders that ask for one id: the second is told', async () => {
    issue('a', 'p1.txt', 'broadsheet.yaml')
    issue('b', 'p1.txt', 'broadsheet.yaml')
    for (const name of ['a', 'b']) writeFileSync(join(root, name, 'broadsheet.yaml'), 'title: 临湖晚报\nid: linhu\n')
    const { issues, failures } = await planScans(root)
    expect([issues.length, failures]).toEqual([1, [expect.stringMatching(/its id “linhu” is that of .*; give one of them another id/)]])
  })
  test('the language model an issue names is known by its digest; one that is missing or none is told', async () => {
    issue('a', 'p1.txt')
    writeFileSync(join(root, 'a', 'broadsheet.yaml'), 'title: 临湖晚报\nlanguageModel: linhu\n')
    expect((await planScans(root)).failures).toEqual([expect.stringMatching(/linhu\.blm: the language model that a names is not there/)])
    mkdirSync(join(root, 'profiles'))
    writeFileSync(join(root, 'profiles/linhu.blm'), 'no model')
    expect((await planScans(root)).failures).toEqual([expect.stringMatching(/linhu\.blm: Expected a language file/)])
    writeFileSync(join(root, 'profiles/linhu.blm'), packArchive(trainArchive(['临湖的灯亮了。'], loadLanguageModel().dictionary)))
    expect((await planScans(root)).issues[0]!.languageModel?.digest).toMatch(/^[0-9a-f]{64}$/)
  })
  test('a folder of pages is an issue by itself', async () => {
    issue('', 'p1.txt')
    expect((await planScans(root)).issues).toHaveLength(1)
  })
})
