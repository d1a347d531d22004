import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { placesOf, withNames, withoutNames } from '../src/file-reading.ts'
import type { PlannedFile } from '../src/plan.ts'
import { openEngines, readPages } from '../src/read-file.ts'

// The library belongs to @broadsheet/ocr.
const sharp = createRequire(new URL('../../ocr/package.json', import.meta.url))('sharp') as typeof import('sharp')

const file: PlannedFile = { pageId: 'p01', path: '/scans/p01.tif', name: 'p01.tif', kind: 'scan' }
const engines = openEngines({ name: 'silent' }, 1)

/** Three sheets, the data of the second spoilt. */
async function withBadSheet(): Promise<Buffer> {
  const sheet = (): Promise<Buffer> =>
    sharp({ create: { width: 200, height: 150, channels: 3, background: '#eee', noise: { type: 'gaussian', mean: 128, sigma: 40 } } })
      .greyscale()
      .png()
      .toBuffer()
  const tiff = await sharp(await Promise.all([sheet(), sheet(), sheet()]), { join: { animated: true } })
    .tiff({ compression: 'deflate' })
    .toBuffer()
  const first = tiff.readUInt32LE(4)
  const second = tiff.readUInt32LE(first + 2 + 12 * tiff.readUInt16LE(first))
  for (let at = second + 2, end = at + 12 * tiff.readUInt16LE(second); at < end; at += 12) {
    if (tiff.readUInt16LE(at) !== 273) continue
    const strip = tiff.readUInt32LE(at + 4) === 1 ? tiff.readUInt32LE(at + 8) : tiff.readUInt32LE(tiff.readUInt32LE(at + 8))
    tiff.fill(0x5a, strip, strip + 400)
  }
  return tiff
}

test('a bad sheet keeps its number, and the others keep theirs', async () => {
  const reading = await readPages(file, await withBadSheet(), { language: 'zh-Hans', engines })
  expect(reading.pages.map((page) => page.id)).toEqual(['p01', 'p01-3'])
  expect(reading.failures).toEqual([{ place: 1, message: expect.stringMatching(/^\(sheet 2\) is damaged/) }])
  expect(placesOf(reading)).toEqual([0, 2])
  const moved = withNames(withoutNames(reading, file), { ...file, pageId: 'p07', name: 'p07.tif' })
  expect(moved.pages.map((page) => `${page.id} ${page.image!.href}`)).toEqual(['p07 p07.tif', 'p07-3 p07.tif'])
  expect(moved.failures).toEqual(reading.failures)
})

test('a file of nothing but bad sheets is bad', async () => {
  const tiff = await withBadSheet()
  await expect(readPages(file, tiff.subarray(0, tiff.length / 2), { language: 'zh-Hans', engines })).rejects.toThrow(/^p01\.tif is damaged/)
})
