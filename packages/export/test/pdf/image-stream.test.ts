import { readFileSync } from 'node:fs'
import { type CleanPage, type PageImage, replay } from '@broadsheet/document'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { writePagePdf } from '../../src/pdf/pdf.ts'
import { makeIssue } from '../publish/made-issue.ts'
import { hasTool, run, withFile } from '../publish/tools.ts'

/** A picture whose four corners differ: dark, red, green, blue from the top left, clockwise. */
const corners =
  '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"><rect width="96" height="64" fill="#fff"/><rect width="48" height="32" fill="#111"/><rect x="48" width="48" height="32" fill="#e00000"/><rect x="48" y="32" width="48" height="32" fill="#00a000"/><rect y="32" width="48" height="32" fill="#0000d0"/></svg>'

const picture = (): Sharp => sharp(Buffer.from(corners)).flatten({ background: '#fff' })

const near = (value: number): string => (value > 100 ? '#' : '.')

/** The four corners of page 1 of a PDF as poppler draws them, three letters (red, green, blue; # bright) each. */
async function drawnCorners(pdf: Uint8Array): Promise<string[]> {
  const png = withFile('x.pdf', pdf, (path) => {
    run('pdftoppm', ['-r', '72', '-png', '-singlefile', path, path])
    return readFileSync(`${path}.png`)
  })
  return cornersOf(sharp(png))
}

async function cornersOf(image: Sharp): Promise<string[]> {
  const { data, info } = await image.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number): string => {
    const offset = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
    return [0, 1, 2].map((channel) => near(data[offset + Math.min(channel, info.channels - 1)]!)).join('')
  }
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.75, 0.75), at(0.25, 0.75)]
}

async function pdfOf(image: Uint8Array, scan: Partial<PageImage> = {}): Promise<Uint8Array> {
  const { issue } = await makeIssue()
  const page = {
    id: 'p01',
    image: { href: 'x', width: 96, height: 64, dpi: 72, sha256: '0'.repeat(64), ...scan },
    regions: [],
    processing: []
  }
  const clean: CleanPage = { page, changes: [], blocks: replay(page, []) }
  return writePagePdf(clean, issue, { image })
}

const upright = ['...', '#..', '.#.', '..#']

describe.skipIf(!hasTool('pdftoppm'))('scans in a PDF, as poppler draws them (skipped without pdftoppm)', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['JPEG', () => picture().jpeg({ quality: 95 }).toBuffer()],
    ['progressive JPEG', () => picture().jpeg({ quality: 95, progressive: true }).toBuffer()],
    ['CMYK JPEG', () => picture().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()],
    ['PNG', () => picture().png().toBuffer()],
    ['PNG with palette', () => picture().png({ palette: true }).toBuffer()],
    ['interlaced PNG', () => picture().png({ progressive: true }).toBuffer()],
    ['PNG with transparency', () => picture().ensureAlpha().png().toBuffer()],
    ['16-bit PNG', () => picture().toColourspace('rgb16').png().toBuffer()],
    ['TIFF', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
    ['WebP', () => picture().webp({ lossless: true }).toBuffer()]
  ])('%s', async (_, make) => {
    expect(await drawnCorners(await pdfOf(await make()))).toEqual(upright)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i is turned as a viewer would', async (orientation) => {
    const jpeg = await picture().jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer()
    const turned = sharp(await sharp(jpeg).autoOrient().png().toBuffer())
    const { width, height } = await turned.metadata()
    expect(await drawnCorners(await pdfOf(jpeg, { width, height }))).toEqual(await cornersOf(turned))
  })

  it('bilevel scans keep black black, whatever their size', async () => {
    const half = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="101" height="67"><rect width="101" height="67" fill="#fff"/><rect width="50" height="33" fill="#000"/></svg>'
    )
    for (const photometric of [false, true]) {
      const tiff = await sharp(half)
        .flatten()
        .toColourspace('b-w')
        .tiff({ compression: 'ccittfax4', bitdepth: 1, miniswhite: photometric })
        .toBuffer()
      expect(await drawnCorners(await pdfOf(tiff, { width: 101, height: 67 }))).toEqual(['...', '###', '###', '###'])
    }
  })

  it('a page that is a part of its sheet shows that part', async () => {
    const jpeg = await picture().jpeg({ quality: 95 }).toBuffer()
    const crop = { x: 48, y: 0, width: 48, height: 64 }
    expect(await drawnCorners(await pdfOf(jpeg, { crop }))).toEqual(['#..', '#..', '.#.', '.#.'])
  })

  it('a later sheet of a file is that sheet', async () => {
    const frames = [
      await sharp({ create: { width: 96, height: 64, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
      await picture().png().toBuffer()
    ]
    const tiff = await sharp(frames, { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer()
    expect(await drawnCorners(await pdfOf(tiff, { sheet: 1 }))).toEqual(upright)
  })
})
