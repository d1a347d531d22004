import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { openScan, type Scan } from '../../src/scan.ts'

/** What each sheet of a file gives: its size, or why it cannot be read. */
async function tell(scans: readonly Scan[]): Promise<string[]> {
  return Promise.all(
    scans.map((scan) =>
      scan.readGrey().then(
        ({ width, height }) => `${width} × ${height}`,
        (error: Error) => `${error.name}: ${error.message}`
      )
    )
  )
}

/** Grain, so that nothing compresses to a few bytes. */
const sheet = (seed: number): Promise<Buffer> =>
  sharp({ create: { width: 200, height: 150, channels: 3, background: '#eee', noise: { type: 'gaussian', mean: 128 + seed, sigma: 40 } } })
    .greyscale()
    .png()
    .toBuffer()

async function tiffOfThree(): Promise<Buffer> {
  const sheets = await Promise.all([1, 2, 3].map(sheet))
  return sharp(sheets, { join: { animated: true } })
    .tiff({ compression: 'deflate' })
    .toBuffer()
}

/** The fields of every sheet's directory: tag → where its value stands in the file (TIFF 6.0, section 2). */
function directories(tiff: Buffer): Map<number, number>[] {
  const found: Map<number, number>[] = []
  for (let at = tiff.readUInt32LE(4); at !== 0; ) {
    const count = tiff.readUInt16LE(at)
    const entries = Array.from({ length: count }, (_, index) => at + 2 + 12 * index)
    found.push(new Map(entries.map((entry) => [tiff.readUInt16LE(entry), entry + 8])))
    at = tiff.readUInt32LE(at + 2 + 12 * count)
  }
  return found
}

describe('a TIFF of many sheets', () => {
  it('is read sheet by sheet', async () => {
    const scans = await openScan(await tiffOfThree(), 'p01.tif')
    expect(scans.map(({ sheet, sheets }) => `${sheet} of ${sheets}`)).toEqual(['0 of 3', '1 of 3', '2 of 3'])
    expect(await tell(scans)).toEqual(['200 × 150', '200 × 150', '200 × 150'])
  })

  it('one damaged sheet costs itself', async () => {
    const tiff = await tiffOfThree()
    const strips = directories(tiff)[1]!.get(273)!
    const strip = tiff.readUInt32LE(strips - 4) === 1 ? tiff.readUInt32LE(strips) : tiff.readUInt32LE(tiff.readUInt32LE(strips))
    tiff.fill(0x5a, strip, strip + 400)
    for (const split of ['never', 'auto'] as const) {
      const told = await tell(await openScan(tiff, 'p01.tif', { split }))
      expect(told).toEqual([
        '200 × 150',
        expect.stringMatching(/^ScanError: p01\.tif \(sheet 2\) is damaged or cut off .*: copy it/),
        '200 × 150'
      ])
    }
  })

  it('one sheet of a false size costs itself', async () => {
    const tiff = await tiffOfThree()
    for (const tag of [256, 257]) tiff.writeUInt32LE(60_000, directories(tiff)[2]!.get(tag)!)
    const told = await tell(await openScan(tiff, 'p01.tif'))
    expect(told.slice(0, 2)).toEqual(['200 × 150', '200 × 150'])
    expect(told[2]).toMatch(/^ScanError: p01\.tif \(sheet 3\) is [^\n]+: [^\n]+$/)
  })
})

/** A PDF from the bodies of its objects. */
function pdf(objects: readonly string[], trailer = ''): Buffer {
  let text = '%PDF-1.4\n'
  const places = objects.map((body, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1'
  )
}

const page = (box: string, content = ''): string => `<</Type/Page/Parent 2 0 R/MediaBox[${box}]${content}>>`

describe('a PDF', () => {
  it('one page of it that is too large, or none, costs itself', async () => {
    const kids = '<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R 6 0 R]/Count 4>>'
    const pages = [page('0 0 72 36'), page('0 0 90000 90000'), 'null', page('0 0 36 72')]
    const told = await tell(await openScan(pdf(['<</Type/Catalog/Pages 2 0 R>>', kids, ...pages]), 'p01.pdf'))
    expect(told[0]).toBe('300 × 150')
    expect(told[1]).toMatch(/^ScanError: p01\.pdf \(page 2\) is .* pixels/)
    expect(told.slice(2).filter((line) => line.startsWith('ScanError'))).toEqual([
      expect.stringMatching(/^ScanError: p01\.pdf \(page 3\) is damaged: [^\n]+$/)
    ])
    expect(told.at(-1)).toBe('150 × 300')
  })

  it('whose pages are all too large is refused as a whole', async () => {
    const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', page('0 0 90000 90000')]
    await expect(openScan(pdf(objects), 'p01.pdf')).rejects.toThrow(/^p01\.pdf is .* pixels/)
  })

  it('that is encrypted is refused in one line', async () => {
    const key = 'ab'.repeat(32)
    const objects = [
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      page('0 0 72 72'),
      `<</Filter/Standard/V 1/R 2/P -4/O<${key}>/U<${key}>>>`
    ]
    const bytes = pdf(objects, `/Encrypt 4 0 R/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]`)
    await expect(openScan(bytes, 'p01.pdf')).rejects.toThrow('p01.pdf is encrypted: save a copy without a password')
  })

  it('holds the text it carries as a reading with its places', async () => {
    const content = 'BT /F 20 Tf 36 100 Td (Harbour open again) Tj ET'
    const objects = [
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      page('0 0 288 144', '/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>'),
      `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
    ]
    const [scan] = await openScan(pdf(objects), 'p01.pdf')
    const [region] = scan!.text!.regions
    expect(region).toMatchObject({ type: 'text', lines: [{ text: 'Harbour open again' }] })
    const { x, y, width, height } = region!.box!
    expect([x, y + height].map((value) => Math.round((value * 72) / 300))).toEqual([expect.closeTo(37, -1), expect.closeTo(44, -1)])
    expect(x + width).toBeLessThan(scan!.width)
    expect(y).toBeGreaterThan(0)
  })
})
