import { describe, expect, it } from 'vitest'
import { layerArchive, loadLanguageModel, normalize, packArchive, trainArchive, unpackArchive } from '../../src/index.ts'
import { pageOf } from '../laws.ts'

const base = loadLanguageModel()
const paragraphs = [
  '青萝湖边的沈知远说，青萝湖的水位今年比去年高。',
  '沈知远在青萝湖边住了三十年，每天清晨都去量一次水位。',
  '街道办事处主任何苇介绍，青萝湖绿道全长十二公里。'
]
const archive = trainArchive(paragraphs, base.dictionary)

describe('an archive’s own language', () => {
  it('is the same whatever the order, and survives its file', () => {
    const again = trainArchive([...paragraphs].reverse(), base.dictionary)
    expect(Buffer.from(packArchive(again)).equals(Buffer.from(packArchive(archive)))).toBe(true)
    const read = unpackArchive(packArchive(archive))
    expect(read.names).toEqual(archive.names)
    expect(layerArchive(base, read).bits('青萝湖')).toBe(layerArchive(base, archive).bits('青萝湖'))
    expect(() => unpackArchive(new TextEncoder().encode('%PDF-1.7'))).toThrow('Expected a language file')
  })
  it('learns what it says twice', () => {
    expect(archive.names).toContain('青萝')
    expect(archive.names).not.toContain('何苇')
  })
  it('is less surprised by its own words, and hardly more by others', () => {
    const layered = layerArchive(base, archive)
    expect(layered.bits('沈知远在青萝湖边')).toBeLessThan(base.bits('沈知远在青萝湖边'))
    expect(layered.bits('推动高质量发展取得新成效')).toBeLessThan(base.bits('推动高质量发展取得新成效') + 12)
  })
  it('guards its names', () => {
    const page = pageOf(['会议由沈知远主持，青萝湖的水位比去年高，各单位要落实好各项任务。'])
    const flagged = (changes: ReturnType<typeof normalize>['changes']): string[] =>
      changes.filter(({ rule }) => rule === 'garble' || rule === 'look-alike').map(({ before }) => before)
    expect(flagged(normalize(page, { model: layerArchive(base, archive) }).changes).filter((char) => '青萝'.includes(char))).toEqual([])
  })
})
