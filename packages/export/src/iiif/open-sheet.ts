import type { Box } from '@broadsheet/document'
import sharp, { type Metadata, type Sharp } from 'sharp'

/** More than any newspaper page: scans were measured when they were read, this is the net below. */
const limitInputPixels = 1e9

/** A sheet of an image file, from 0; the only one where the file holds no others. */
export async function openSheet(bytes: Uint8Array, sheet: number = 0): Promise<{ readonly image: Sharp; readonly metadata: Metadata }> {
  const metadata = await sharp(bytes, { limitInputPixels })
    .metadata()
    .catch(() => {
      throw new Error('Expected a JPEG, JPEG 2000, PNG, TIFF or WebP image but received bytes that are none')
    })
  const page = sheet < (metadata.pages ?? 1) ? sheet : 0
  return { image: sharp(bytes, { page, limitInputPixels }), metadata }
}

/**
 * The sheet stood upright, or the part of it that is a page.
 *
 * @param part on the upright sheet
 * @param orientation how it is stored (EXIF, 1 to 8); what the file says unless given
 */
export async function uprightPart(sheet: Sharp, part: Box | undefined, orientation: number | undefined): Promise<Sharp> {
  const upright = orientation === undefined ? sheet.autoOrient() : turn(sheet, orientation)
  if (!part) return upright
  // Two steps: sharp cuts before it turns.
  const whole = orientation === 1 ? upright : sharp(await upright.png({ compressionLevel: 1 }).toBuffer(), { limitInputPixels })
  const { x: left, y: top, width, height } = part
  return sharp(await whole.extract({ left, top, width, height }).png({ compressionLevel: 1 }).toBuffer(), { limitInputPixels })
}

/** sharp mirrors before it turns. */
function turn(image: Sharp, orientation: number): Sharp {
  const mirrored = [2, 7].includes(orientation) ? image.flop() : [4, 5].includes(orientation) ? image.flip() : image
  const degrees = orientation === 3 ? 180 : orientation === 8 ? 270 : orientation >= 5 ? 90 : 0
  return degrees === 0 ? mirrored : mirrored.rotate(degrees)
}

/** Grey pixels (8 bit, row-major) as a JPEG: for scans in files that only their reader can decode. */
export function encodeGrey(image: { readonly pixels: Uint8Array; readonly width: number; readonly height: number }): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels: 1 as const }
  return sharp(image.pixels, { raw, limitInputPixels }).jpeg({ quality: 85 }).toBuffer()
}
