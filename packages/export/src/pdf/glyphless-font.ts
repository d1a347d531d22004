/**
 * A TrueType font with two glyphs that draw nothing, an em wide: enough to place invisible text. Made here, so that there is no font
 * to license. Tables after the OpenType specification 1.9; the eleven that readers look for.
 */
export function glyphlessFont(): Uint8Array {
  const tables: [tag: string, bytes: Buffer][] = [
    ['OS/2', os2()],
    ['cmap', cmap()],
    ['glyf', Buffer.concat([glyph, glyph])],
    ['head', head()],
    ['hhea', hhea()],
    ['hmtx', words(unitsPerEm, 0, unitsPerEm, 0)],
    ['loca', words(0, glyph.length / 2, glyph.length)],
    ['maxp', maxp()],
    ['name', name()],
    ['post', Buffer.concat([longs(0x00030000, 0), words(0, 0), longs(0, 0, 0, 0, 0)])]
  ]
  return assemble(tables)
}

export const fontName = 'GlyphLess'
export const unitsPerEm = 1000
export const ascent = 880
export const descent = -120

const words = (...values: number[]): Buffer => Buffer.from(values.flatMap((value) => [(value >> 8) & 255, value & 255]))
const longs = (...values: number[]): Buffer =>
  Buffer.from(values.flatMap((value) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)))

/**
 * One contour of two points, the corners of the em square: no area, so nothing to draw. But a glyph of no extent is dropped
 * by PDFium (Chromium) when it stands alone in an operator, and some readers refuse a glyph table of no length.
 * Flags: on the curve, x as before, y one byte downwards; then on the curve, both in two bytes.
 */
const glyph: Buffer = Buffer.concat([
  words(1, 0, descent, unitsPerEm, ascent, 1, 0),
  Buffer.from([0x15, 0x01]),
  words(unitsPerEm),
  Buffer.from([-descent]),
  words(ascent - descent),
  Buffer.alloc(1)
])

function head(): Buffer {
  return Buffer.concat([
    longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
    words(0, unitsPerEm),
    longs(0, 0, 0, 0),
    words(0, descent, unitsPerEm, ascent, 0, 8, 2, 0, 0)
  ])
}

function hhea(): Buffer {
  return Buffer.concat([longs(0x00010000), words(ascent, descent, 0, unitsPerEm, 0, 0, unitsPerEm, 1, 0, 0, 0, 0, 0, 0, 0, 2)])
}

function maxp(): Buffer {
  return Buffer.concat([longs(0x00010000), words(2, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)])
}

/** Format 4 with the closing segment alone: no character has a glyph of its own. */
function cmap(): Buffer {
  return Buffer.concat([words(0, 1, 3, 1), longs(12), words(4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0)])
}

function name(): Buffer {
  const text = Buffer.from(fontName, 'utf16le').swap16()
  const records = [1, 4, 6].map((id) => words(3, 1, 0x409, id, text.length, 0))
  return Buffer.concat([words(0, records.length, 6 + 12 * records.length), ...records, text])
}

function os2(): Buffer {
  const style = words(3, unitsPerEm, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 250, 0)
  const metrics = words(0x40, 0, 0xffff, ascent, descent, 0, ascent, -descent)
  return Buffer.concat([style, Buffer.alloc(10), longs(0, 0, 0, 0), Buffer.from('NONE'), metrics, longs(0, 0), words(500, 700, 0, 32, 1)])
}

function assemble(tables: readonly [string, Buffer][]): Uint8Array {
  const count = tables.length
  const log = Math.floor(Math.log2(count))
  const header = Buffer.concat([longs(0x00010000), words(count, 16 << log, log, 16 * count - (16 << log))])
  let offset = header.length + 16 * count
  const records: Buffer[] = []
  const bodies: Buffer[] = []
  for (const [tag, bytes] of tables) {
    records.push(Buffer.from(tag.padEnd(4)), longs(checksum(bytes), offset, bytes.length))
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
    bodies.push(padded)
    offset += padded.length
  }
  const font = Buffer.concat([header, ...records, ...bodies])
  const headAt = header.length + 16 * count + sizeBefore(tables, 'head')
  font.writeUInt32BE((0xb1b0afba - checksum(font)) >>> 0, headAt + 8)
  return font
}

function sizeBefore(tables: readonly [string, Buffer][], tag: string): number {
  let size = 0
  for (const [name, bytes] of tables) {
    if (name === tag) break
    size += (bytes.length + 3) & ~3
  }
  return size
}

function checksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4)
    sum = (sum + (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))) >>> 0
  return sum
}
