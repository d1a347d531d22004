import { readFileSync } from 'node:fs'
import { type Box, type CleanPage, type Orientation, orientationOf, type Page, replay } from '@broadsheet/document'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cutTiles } from '../src/iiif/tiles.ts'
import { writePagePdf } from '../src/pdf/pdf.ts'
import { textAngle, uprightClean } from '../src/upright.ts'
import { writeAlto } from '../src/xml/alto.ts'
import { writeHocr } from '../src/xml/hocr.ts'
import { writePageXml } from '../src/xml/page-xml.ts'
import { makeIssue } from './publish/made-issue.ts'
import { hasTool, run, withFile } from './publish/tools.ts'

/** Four fields of 48 by 32: dark, red, green, blue from the top left, clockwise. */
const fields =
  '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"><rect width="48" height="32" fill="#111"/><rect x="48" width="48" height="32" fill="#e00000"/><rect x="48" y="32" width="48" height="32" fill="#00a000"/><rect y="32" width="48" height="32" fill="#0000d0"/></svg>'
const red: Box = { x: 48, y: 0, width: 48, height: 32 }
/** Where a line of text stands: within the red. */
const inset = ({ x, y, width, height }: Box): Box => ({ x: x + 8, y: y + 8, width: width - 16, height: height - 16 })

/** Codings blur the edge between two colours. */
const about = ({ x, y, width, height }: Box): unknown => ({
  x: expect.closeTo(x, -0.4),
  y: expect.closeTo(y, -0.4),
  width: expect.closeTo(width, -0.4),
  height: expect.closeTo(height, -0.4)
})
const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]

/** The picture as it is stored for an orientation: turned the other way by sharp itself. */
async function stored(orientation: Orientation): Promise<Buffer> {
  const back = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation
  const marked = await sharp(Buffer.from(fields)).withMetadata({ orientation: back }).png().toBuffer()
  return sharp(marked).autoOrient().png().toBuffer()
}

async function pixels(image: Uint8Array): Promise<{ width: number; height: number; at: (x: number, y: number) => readonly number[] }> {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { ...info, at: (x, y) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)] }
}

const isRed = ([r = 0, g = 0, b = 0]: readonly number[]): boolean => r > 150 && g < 100 && b < 100

async function redBox(image: Uint8Array): Promise<Box> {
  const { width, height, at } = await pixels(image)
  const found: [number, number][] = []
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (isRed(at(x, y))) found.push([x, y])
  const [xs, ys] = [found.map(([x]) => x), found.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 }
}

/** A page as the reading leaves it: sizes and boxes of the stored picture, and a note of how it stands. */
async function pageOn(image: Uint8Array, orientation: Orientation, crop?: Box): Promise<CleanPage> {
  const { width, height } = await pixels(image)
  const box = inset(await redBox(image))
  const page: Page = {
    id: 'p01',
    image: { href: 'p01.jpg', width, height, dpi: 72, sha256: '0'.repeat(64), ...(crop && { crop }) },
    regions: [{ type: 'text', id: 'r1', role: 'paragraph', box, lines: [{ id: 'l1', box, text: '红' }] }],
    processing: [
      { id: 'decode', category: 'preOperation', software: 'broadsheet', version: '1', settings: { format: 'jpeg', orientation } }
    ]
  }
  return { page, changes: [], blocks: replay(page, []) }
}

describe.each(orientations)('a scan stored with orientation %d', (orientation) => {
  it('has its boxes on the upright picture when it is shown, once and not again', async () => {
    const clean = await pageOn(await stored(orientation), orientation)
    const shown = uprightClean(clean)
    expect(shown.page.regions[0]!.box).toEqual(inset(red))
    expect(shown.page.image).toMatchObject({ width: 96, height: 64 })
    expect(uprightClean(shown)).toBe(shown)
  })

  it.each([false, true])('is cut into upright tiles (the file says how it stands: %s)', async (says) => {
    const plain = await stored(orientation)
    const image = says ? await sharp(plain).withMetadata({ orientation }).png().toBuffer() : plain
    const { page } = uprightClean(await pageOn(plain, orientation))
    const tiles = await cutTiles(image, 'p01', page.image!, orientationOf(page))
    expect(await redBox(tiles.files[0]!.content as Uint8Array)).toEqual(about(red))
  })

  it('shows the page’s part of a sheet', async () => {
    const image = await stored(orientation)
    const clean = await pageOn(image, orientation, await redBox(image))
    const { page } = uprightClean(clean)
    const tiles = await cutTiles(image, 'p01', page.image!, orientationOf(page))
    expect([tiles.width, tiles.height]).toEqual([48, 32])
    expect(isRed((await pixels(tiles.files[0]!.content as Uint8Array)).at(24, 16))).toBe(true)
  })

  it.skipIf(!hasTool('pdftoppm') || !hasTool('pdftotext'))('has text over its ink in a PDF (skipped without poppler)', async () => {
    const image = await stored(orientation)
    const { issue } = await makeIssue()
    const pdf = await writePagePdf(await pageOn(image, orientation), issue, { image })
    const drawn = withFile('x.pdf', pdf, (path) => {
      run('pdftoppm', ['-r', '72', '-png', '-singlefile', path, path])
      return readFileSync(`${path}.png`)
    })
    expect(await redBox(drawn)).toEqual(about(red))
    const words = withFile('x.pdf', pdf, (path) => run('pdftotext', ['-bbox', path, '-']))
    const [, left, top, right, bottom] = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"/.exec(words)!.map(Number)
    expect([left, top, right! - left!, bottom! - top!].map((value) => Math.round(value!))).toEqual(Object.values(inset(red)))
  })
})

describe('formats that keep to the stored picture', () => {
  it('say how its text is turned', async () => {
    const page = await pageOn(await stored(6), 6)
    expect(textAngle(page.page)).toBe(90)
    expect(writeAlto(page)).toContain('ROTATION="90"')
    expect(writePageXml(page)).toContain('orientation="90"')
    expect(writeHocr(page)).toContain('textangle 90')
    expect(writePageXml(await pageOn(await stored(8), 8))).toContain('orientation="-90"')
    expect(writeAlto(await pageOn(await stored(1), 1))).not.toContain('ROTATION')
  })

  it('say which part of a sheet is the page', async () => {
    const page = await pageOn(await stored(1), 1, red)
    expect(writeAlto(page)).toContain('<PrintSpace HPOS="48" VPOS="0" WIDTH="48" HEIGHT="32">')
    expect(writePageXml(page)).toMatch(/<Border>\s*<Coords points="48,0 96,0 96,32 48,32"\/>/)
    expect(writeHocr(page)).toContain('bbox 48 0 96 32; ppageno')
  })
})

it('believes the reading, not the file, where they differ', async () => {
  const image = await sharp(await stored(1))
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer()
  const { page } = uprightClean(await pageOn(await stored(1), 1))
  const tiles = await cutTiles(image, 'p01', page.image!, orientationOf(page))
  expect(await redBox(tiles.files[0]!.content as Uint8Array)).toEqual(about(red))
})
