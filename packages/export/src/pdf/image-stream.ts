import sharp, { type Sharp } from 'sharp'
import { openSheet } from '../iiif/open-sheet.ts'

/** An image as PDF keeps it: the stream and the entries of its dictionary (ISO 32000-1, 8.9.5). */
export interface ImageStream {
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly entries: Readonly<Record<string, unknown>>
  /** How the stored picture is turned to be looked at: EXIF orientation, 1 to 8. */
  readonly orientation: number
  /** The part of the stored picture that is the scan: less than 1 where the coding pads it on the right and below. */
  readonly used: { readonly width: number; readonly height: number }
}

/**
 * Takes a scan into a PDF with as little change as can be: JPEG, JPEG 2000 and PNG streams as they are, bilevel scans as
 * CCITT group 4, all others as JPEG of quality 85.
 *
 * @param sheet which sheet of a multi-page file, from 0
 * @throws Error when the bytes are no image that can be read
 */
export async function readImageStream(bytes: Uint8Array, sheet: number = 0): Promise<ImageStream> {
  if (isJpeg2000(bytes)) return jpeg2000Stream(bytes)
  const { image, metadata } = await openSheet(bytes, sheet)
  if (metadata.format === 'jpeg' && (metadata.channels === 1 || metadata.channels === 3) && metadata.space !== 'cmyk')
    return jpegStream(bytes, metadata.width, metadata.height, metadata.channels, metadata.orientation ?? 1)
  if (metadata.format === 'png') {
    const stream = pngStream(bytes)
    if (stream) return stream
  }
  if (metadata.bitsPerSample === 1 && metadata.channels === 1) return faxStream(image, metadata.orientation ?? 1)
  const { data, info } = await image
    .flatten({ background: '#fff' })
    .toColourspace(metadata.channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality: 85 })
    .toBuffer({ resolveWithObject: true })
  return jpegStream(data, info.width, info.height, info.channels, metadata.orientation ?? 1)
}

const whole: ImageStream['used'] = { width: 1, height: 1 }

function jpegStream(bytes: Uint8Array, width: number, height: number, channels: number, orientation: number): ImageStream {
  const entries = { ColorSpace: channels === 1 ? 'DeviceGray' : 'DeviceRGB', BitsPerComponent: 8, Filter: 'DCTDecode' }
  return { bytes, width, height, entries, orientation, used: whole }
}

const jp2Signature: Buffer = Buffer.from([0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20])

function isJpeg2000(bytes: Uint8Array): boolean {
  return jp2Signature.equals(bytes.subarray(0, 8))
}

/** The size stands in the image header box `ihdr` (ISO 15444-1, I.5.3.1), the first inside `jp2h`. */
function jpeg2000Stream(bytes: Uint8Array): ImageStream {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = file.subarray(0, 4096).indexOf('ihdr')
  if (at < 0 || at + 12 > file.length) throw new Error('Expected a JPEG 2000 file with an image header but found none')
  return {
    bytes,
    width: file.readUInt32BE(at + 8),
    height: file.readUInt32BE(at + 4),
    entries: { Filter: 'JPXDecode' },
    orientation: 1,
    used: whole
  }
}

/** A PNG's own compressed rows, where PDF knows the same form: no interlace, no transparency, no more than 8 bits. */
function pngStream(bytes: Uint8Array): ImageStream | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  const [bits, colour, interlace] = [file[24]!, file[25]!, file[28]!]
  const rows: Buffer[] = []
  let palette: Buffer | undefined
  for (const [type, data] of pngChunks(file)) {
    if (type === 'tRNS' || type === 'eXIf') return undefined
    if (type === 'PLTE') palette = data
    if (type === 'IDAT') rows.push(data)
  }
  const space = pngColourSpace(colour, palette)
  if (!space || interlace !== 0 || bits > 8) return undefined
  const colors = colour === 2 ? 3 : 1
  const parms = { Predictor: 15, Colors: colors, BitsPerComponent: bits, Columns: width }
  const entries = { ColorSpace: space, BitsPerComponent: bits, Filter: 'FlateDecode', DecodeParms: parms }
  return { bytes: Buffer.concat(rows), width, height, entries, orientation: 1, used: whole }
}

/** An indexed space is named by its palette; whoever writes the dictionary makes a string of the bytes. */
function pngColourSpace(colour: number, palette: Buffer | undefined): unknown {
  if (colour === 0) return 'DeviceGray'
  if (colour === 2) return 'DeviceRGB'
  return colour === 3 && palette ? ['Indexed', 'DeviceRGB', palette.length / 3 - 1, palette] : undefined
}

function* pngChunks(file: Buffer): Generator<[type: string, data: Buffer]> {
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at)
    if (at + 12 + length > file.length) return
    yield [file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length)]
    at += 12 + length
  }
}

/**
 * CCITT group 4 by way of a TIFF of a single tile: in strips, the usual form, every strip would begin anew. The tile is
 * padded to a multiple of 16; what is beyond the scan falls outside the page.
 */
async function faxStream(image: Sharp, orientation: number): Promise<ImageStream> {
  const { data: pixels, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  const width = Math.ceil(info.width / 16) * 16
  const height = Math.ceil(info.height / 16) * 16
  const tiff = await sharp(pixels, { raw: { width: info.width, height: info.height, channels: info.channels }, limitInputPixels: false })
    .extractChannel(0)
    .tiff({ compression: 'ccittfax4', bitdepth: 1, tile: true, tileWidth: width, tileHeight: height })
    .toBuffer()
  const tags = tiffTags(tiff)
  const offset = tags.get(324)!
  const parms = { K: -1, Columns: width, Rows: height, BlackIs1: tags.get(262) === 1 }
  return {
    bytes: tiff.subarray(offset, offset + tags.get(325)!),
    width,
    height,
    entries: { ColorSpace: 'DeviceGray', BitsPerComponent: 1, Filter: 'CCITTFaxDecode', DecodeParms: parms },
    orientation,
    used: { width: info.width / width, height: info.height / height }
  }
}

/** The single values of the first directory of a little-endian TIFF. */
function tiffTags(tiff: Buffer): Map<number, number> {
  const tags = new Map<number, number>()
  const directory = tiff.readUInt32LE(4)
  for (let index = 0; index < tiff.readUInt16LE(directory); index++) {
    const at = directory + 2 + 12 * index
    tags.set(tiff.readUInt16LE(at), tiff.readUInt16LE(at + 2) === 3 ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8))
  }
  return tags
}
