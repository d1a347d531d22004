import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { openScan } from '../../src/scan.ts'

/** Grain, so that nothing compresses to a few bytes. */
function grain(width: number, height: number): Buffer {
  let state = 7
  return Buffer.from(
    Array.from({ length: width * height }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state >> 23
    })
  )
}

const width = 200
const height = 150
const picture = (): sharp.Sharp => sharp(grain(width, height), { raw: { width, height, channels: 1 } })

const encoders: Readonly<Record<string, () => Promise<Buffer>>> = {
  png: () => picture().png().toBuffer(),
  'png, 16 bits': () => picture().toColourspace('grey16').png().toBuffer(),
  jpeg: () => picture().jpeg().toBuffer(),
  'jpeg, progressive': () => picture().jpeg({ progressive: true }).toBuffer(),
  webp: () => picture().webp().toBuffer(),
  'tiff, G4': () => picture().threshold(128).toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer(),
  'tiff, 16 bits': () => picture().toColourspace('grey16').tiff({ compression: 'lzw' }).toBuffer()
}

describe.each(Object.keys(encoders))('%s', (name) => {
  let whole: Buffer
  beforeAll(async () => {
    whole = await encoders[name]!()
  })

  it('is read', async () => {
    const [scan] = await openScan(whole, 'p01')
    const grey = await scan!.readGrey()
    expect([grey.width, grey.height, grey.pixels.length]).toEqual([width, height, width * height])
  })

  it('is refused in one line when it is cut off anywhere', async () => {
    for (const part of [0.05, 0.3, 0.6, 0.95]) {
      const error: unknown = await openScan(whole.subarray(0, Math.floor(whole.length * part)), 'p01').catch((reason: unknown) => reason)
      expect(error).toMatchObject({ name: 'ScanError' })
      expect((error as Error).message).toMatch(/^p01 is .*: [^\n]+$/)
    }
  })
})

describe('what is no scan', () => {
  const pdf = (body: string): Buffer => Buffer.from(`%PDF-1.4\n${body}\ntrailer<</Root 1 0 R>>\n%%EOF`)
  it.each([
    ['nothing', Buffer.alloc(0), 'is empty'],
    ['a text', Buffer.from('城东大桥昨日通车。'), 'is a text'],
    ['a drawing that names a file', Buffer.from('<svg><image href="file:///etc/hostname"/></svg>'), 'is an SVG drawing'],
    ['bytes', Buffer.from([1, 2, 3, 0, 5]), 'is no PNG'],
    ['the beginning of a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'is not a whole PDF'],
    [
      'a PDF of a million pages',
      pdf('1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1000000>>endobj'),
      'split it'
    ]
  ])('refuses %s', async (_, bytes, message) => {
    await expect(openScan(bytes, 'p01')).rejects.toThrow(message)
  })

  it('refuses a picture larger than the limits by its header', async () => {
    const header = await picture().png().toBuffer()
    await expect(openScan(header, 'p01', { limits: { maxPixels: 1000 } })).rejects.toThrow('p01 is 200 × 150 pixels')
    await expect(openScan(header, 'p01', { limits: { maxSide: 199 } })).rejects.toThrow('no side may be over 199')
  })

  it('says what contradicts itself in a TIFF whose list of sheets bites its tail', async () => {
    const tiff = await picture().tiff({ compression: 'none' }).toBuffer()
    const first = tiff.readUInt32LE(4)
    tiff.writeUInt32LE(first, first + 2 + 12 * tiff.readUInt16LE(first))
    await expect(openScan(tiff, 'p01')).rejects.toThrow(/damaged or cut off \(TIFF directory 0 has IFD looping/)
  })

  it('keeps control characters of a name out of the message', async () => {
    await expect(openScan(Buffer.alloc(0), 'p\u001b[31m\n01')).rejects.toThrow(/^p�\[31m�01 is empty/)
  })
})
