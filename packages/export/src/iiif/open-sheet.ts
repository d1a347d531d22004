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

/** Grey pixels (8 bit, row-major) as a JPEG: for scans in files that only their reader can decode. */
export function encodeGrey(image: { readonly pixels: Uint8Array; readonly width: number; readonly height: number }): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels: 1 as const }
  return sharp(image.pixels, { raw, limitInputPixels }).jpeg({ quality: 85 }).toBuffer()
}
