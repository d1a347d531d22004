import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Engine } from '../src/engine.ts'
import type { GreyImage } from '../src/image/grey.ts'
import { drawOverlay } from '../src/overlay.ts'
import { recognize } from '../src/recognize.ts'
import { openScan, type Scan } from '../src/scan.ts'
import { draw } from './layout/draw.ts'

const twoPages = draw(Array.from({ length: 22 }, () => 'AAAAAAAAA BBBBBBBBB    CCCCCCCCC DDDDDDDDD'))
const picture = ({ pixels, width, height }: GreyImage): sharp.Sharp => sharp(pixels, { raw: { width, height, channels: 1 } })
const splitScans = async (image: sharp.Sharp): Promise<Scan[]> => openScan(await image.png().toBuffer(), 'p01.png', { split: 'auto' })

/** Reads a character of one em after the other, all of them well, and none on a line that runs down: the page stands upright. */
const engine: Engine = {
  name: 'even',
  version: '1',
  fingerprint: 'even',
  languages: ['zh-Hans'],
  readLines: async (lines) =>
    lines.map(({ width, direction }) => {
      if (direction === 'vertical-rl') return { text: '', confidence: 0, glyphs: [] }
      const count = Math.floor(width / 25)
      const glyphs = Array.from({ length: count }, (_, index) => ({ text: '田', confidence: 0.99, from: index * 25, to: index * 25 + 24 }))
      return { text: '田'.repeat(count), confidence: 0.99, glyphs }
    }),
  close: async () => undefined
}

describe('a sheet scanned across its fold', () => {
  test('is one scan unless it is asked for its pages', async () => {
    const scans = await openScan(await picture(twoPages).png().toBuffer(), 'p01.png')
    expect(scans.map((scan) => scan.crop)).toEqual([undefined])
  })

  test('is two scans of one sheet, each with its part', async () => {
    const scans = await splitScans(picture(twoPages))
    expect(scans.map(({ sheet, sheets, width }) => ({ sheet, sheets, width }))).toEqual(
      [0, 0].map((sheet) => ({ sheet, sheets: 1, width: twoPages.width }))
    )
    const [left, right] = scans.map((scan) => scan.crop!)
    expect([left!.x, left!.y, left!.height]).toEqual([0, 0, twoPages.height])
    expect(left!.width).toBeGreaterThanOrEqual(right!.x)
    expect(right!.x + right!.width).toBe(twoPages.width)
    for (const scan of scans) {
      const { width, height } = await scan.readGrey()
      expect([width, height]).toEqual([scan.crop!.width, scan.crop!.height])
    }
  })

  test('its halves can be read again, and in any order', async () => {
    const [left, right] = await splitScans(picture(twoPages))
    const digestOf = async (scan: Scan | undefined): Promise<string> =>
      createHash('sha256')
        .update((await scan!.readGrey()).pixels)
        .digest('hex')
    const first = [await digestOf(left), await digestOf(right)]
    expect([await digestOf(right), await digestOf(right), await digestOf(left)]).toEqual([first[1], first[1], first[0]])
  })

  test.each([1, 3, 6, 8] as const)('boxes lie on the whole archival image, stored with orientation %i', async (orientation) => {
    const degrees = { 1: 0, 3: 180, 6: 270, 8: 90 }[orientation]
    const stored = picture(await turned(degrees)).withMetadata({ orientation })
    const scans = await openScan(await stored.jpeg({ quality: 100 }).toBuffer(), 'p01.jpg', { split: 'auto' })
    expect(scans).toHaveLength(2)
    for (const scan of scans) {
      const page = await recognize(scan, { engine, pageId: 'p01' })
      expect(page.image).toMatchObject({ width: scan.width, height: scan.height, crop: scan.crop })
      expect(page.processing.find((step) => step.id === 'split')?.settings).toEqual(scan.crop)
      const boxes = page.regions.flatMap((region) => (region.type === 'text' ? region.lines.map((line) => line.box!) : []))
      expect(boxes.length).toBeGreaterThanOrEqual(40)
      const { crop } = scan
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(crop!.x)
        expect(box.y).toBeGreaterThanOrEqual(crop!.y)
        expect(box.x + box.width).toBeLessThanOrEqual(crop!.x + crop!.width)
        expect(box.y + box.height).toBeLessThanOrEqual(crop!.y + crop!.height)
      }
      expect(await inkShare(await turned(degrees), boxes)).toBeGreaterThan(0.98)
      const overlay = await sharp(await drawOverlay(scan, page)).metadata()
      expect([overlay.width, overlay.height]).toEqual([crop!.width, crop!.height])
    }
  })
})

async function turned(degrees: number): Promise<GreyImage> {
  const { data, info } = await picture(twoPages).rotate(degrees).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, height: info.height }
}

/** Share of the boxes that lie on ink. */
async function inkShare(image: GreyImage, boxes: readonly { x: number; y: number; width: number; height: number }[]): Promise<number> {
  const dark = boxes.filter(({ x, y, width, height }) => {
    let ink = 0
    for (let v = y; v < y + height; v++) for (let u = x; u < x + width; u++) if (image.pixels[v * image.width + u]! < 128) ink++
    return ink > 0.15 * width * height
  })
  return dark.length / boxes.length
}

test('a negative is read as its page is: the same text in the same boxes, and the step is told', async () => {
  const page = draw(Array.from({ length: 24 }, () => 'AAAAAAAAAA BBBBBBBBBB'))
  const read = async (image: sharp.Sharp) =>
    recognize((await openScan(await image.png().toBuffer(), 'p01.png'))[0]!, { engine, pageId: 'p01' })
  const positive = await read(picture(page))
  const negative = await read(picture(page).negate())
  expect(negative.regions).toEqual(positive.regions)
  expect(negative.processing.map(({ id }) => id)).toEqual(['decode', 'invert', 'layout', 'read'])
  expect(positive.processing.map(({ id }) => id)).toEqual(['decode', 'layout', 'read'])
})
