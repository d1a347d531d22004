import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { openScan } from '../../src/scan.ts'

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array
  encode(): void
  getEncodedBuffer(): Uint8Array
}
type Factory = (options: object) => Promise<{ J2KEncoder: new () => Encoder }>

const width = 120
const height = 80

/** White with a black square at 30, 20. */
async function encode(): Promise<Buffer> {
  const factory = createRequire(new URL('../../package.json', import.meta.url))('@cornerstonejs/codec-openjpeg/wasmjs') as Factory
  const { J2KEncoder } = await factory({ print() {}, printErr() {} })
  const encoder = new J2KEncoder()
  const pixels = encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount: 1, isSigned: false })
  pixels.fill(255)
  for (let y = 20; y < 40; y++) pixels.fill(0, y * width + 30, y * width + 50)
  encoder.encode()
  return Buffer.from(encoder.getEncodedBuffer())
}

function box(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + data.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, data])
}

/** 300 dpi as pixels a metre: 11811 / 1. */
const resolution = Buffer.from([0x2e, 0x23, 0, 1, 0x2e, 0x23, 0, 1, 0, 0])

function wrap(codestream: Buffer): Buffer {
  const size = Buffer.from([0, 0, 0, height, 0, 0, 0, width, 0, 1, 7, 7, 0, 0])
  const header = Buffer.concat([box('ihdr', size), box('colr', Buffer.from([1, 0, 0, 0, 0, 0, 17])), box('res ', box('resc', resolution))])
  return Buffer.concat([
    Buffer.from('0000000c6a5020200d0a870a', 'hex'),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    box('jp2h', header),
    box('jp2c', codestream),
    box('xml ', Buffer.from('<a/>'))
  ])
}

describe('openJp2', () => {
  let codestream: Buffer
  beforeAll(async () => {
    codestream = await encode()
  })

  it('reads a codestream, and one in boxes with its resolution', async () => {
    for (const bytes of [codestream, wrap(codestream)]) {
      const [scan] = await openScan(bytes, 'page.jp2')
      const grey = await scan!.readGrey()
      expect([grey.width, grey.height]).toEqual([width, height])
      expect(grey.pixels[25 * width + 40]).toBeLessThan(20)
      expect(grey.pixels[60 * width + 100]).toBeGreaterThan(235)
    }
    expect((await openScan(wrap(codestream), 'page.jp2'))[0]!.dpi).toBeUndefined() // 120 pixels at 300 dpi are no newspaper page
  })

  it('refuses what is cut off, wherever, instead of filling it with grey', async () => {
    for (const part of [0.2, 0.5, 0.9, 0.99])
      for (const bytes of [codestream, wrap(codestream).subarray(0, wrap(codestream).length - 12)])
        await expect(openScan(bytes.subarray(0, Math.floor(bytes.length * part)), 'page.jp2')).rejects.toThrow(/^page\.jp2 is /)
  })

  it('refuses a header that lies about the size before anything is decoded', async () => {
    const tall = Buffer.from(codestream)
    tall.writeUInt32BE(9000, 12)
    await expect(openScan(tall, 'page.jp2')).rejects.toThrow('parts of it are missing')
    const bomb = Buffer.from(codestream)
    bomb.writeUInt32BE(60_000, 8)
    bomb.writeUInt32BE(60_000, 12)
    await expect(openScan(bomb, 'page.jp2')).rejects.toThrow('more than 200 million')
  })
})
