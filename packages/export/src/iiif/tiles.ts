import type { PageImage } from '@broadsheet/document'
import { fromBuffer } from 'yauzl'
import type { OutputFile } from '../output-file.ts'
import { slug } from '../slug.ts'
import { openSheet, uprightPart } from './open-sheet.ts'

/** Side of a tile in pixels: some fifty tiles for a broadsheet page at 300 dpi. */
export const tileSize = 1024

/** A page's picture cut into tiles of every scale (IIIF Image API 3, level 0). */
export interface TileSet {
  /** Posix path below the folder. Its name holds the scan's digest where it is known: equal name, equal content. */
  readonly folder: string
  readonly width: number
  readonly height: number
  /** The scan in small, as the tiles have it. */
  readonly thumbnail: { readonly path: string; readonly width: number; readonly height: number }
  readonly format: 'jpg' | 'png'
  readonly files: readonly OutputFile[]
}

/** The folder of a page's tiles, known before they are cut. */
export function tileFolder(pageId: string, image: PageImage): string {
  return `tiles/${[slug(pageId), image.sha256.slice(0, 12)].filter(Boolean).join('-')}`
}

/**
 * Cuts a scan into tiles; bilevel scans into PNG (a third of the size), all others into JPEG. The page's own part of the
 * sheet, upright. Files come sorted by path; `info.json`, which needs an address, is not among them (see `imageInfo`).
 *
 * @param image the scan stood upright (see `uprightPage`)
 * @param orientation how it is stored, where a reading found that; else what the file says
 */
export async function cutTiles(bytes: Uint8Array, pageId: string, image: PageImage, orientation?: number): Promise<TileSet> {
  const { image: source, metadata } = await openSheet(bytes, image.sheet)
  const format = metadata.bitsPerSample === 1 ? 'png' : 'jpg'
  const { width, height } = image.crop ?? image
  const upright = await uprightPart(source, image.crop, orientation)
  const flat = upright.flatten({ background: '#fff' })
  const coded = format === 'png' ? flat.png({ palette: true, colours: 4 }) : flat.jpeg({ quality: 75 })
  const zip = await coded.tile({ size: tileSize, layout: 'iiif3', container: 'zip', id: 'tiles' }).toBuffer()
  const folder = tileFolder(pageId, image)
  const files = await unpack(zip, folder)
  const thumbnail = files.find((file) => file.path.startsWith(`${folder}/full/`))!.path
  // What fits into one tile is asked for as `max`, the canonical name of its full size.
  if (width <= tileSize && height <= tileSize) files.push({ path: `${folder}/full/max/0/default.${format}`, content: files[0]!.content })
  const [small, high] = thumbnail.slice(`${folder}/full/`.length).split('/')[0]!.split(',').map(Number)
  return { folder, width, height, thumbnail: { path: thumbnail, width: small!, height: high! }, format, files }
}

/** The image information document of a tile set (IIIF Image API 3, 5), a plain JSON value. */
export function imageInfo(tiles: Omit<TileSet, 'files'>, id: string): Record<string, unknown> {
  const scaleFactors = [1]
  while (Math.max(tiles.width, tiles.height) > tileSize * scaleFactors[scaleFactors.length - 1]!)
    scaleFactors.push(2 * scaleFactors[scaleFactors.length - 1]!)
  return {
    '@context': 'http://iiif.io/api/image/3/context.json',
    id,
    type: 'ImageService3',
    protocol: 'http://iiif.io/api/image',
    profile: 'level0',
    width: tiles.width,
    height: tiles.height,
    sizes: [{ width: tiles.thumbnail.width, height: tiles.thumbnail.height }],
    tiles: [{ width: tileSize, height: tileSize, scaleFactors }],
    ...(tiles.format === 'png' && { extraFormats: ['png'], preferredFormats: ['png'] })
  }
}

/** libvips hands its tiles over as a stored zip with everything below one folder, in no fixed order. */
function unpack(zip: Buffer, folder: string): Promise<OutputFile[]> {
  return new Promise((resolve, reject) => {
    const files: OutputFile[] = []
    fromBuffer(zip, { lazyEntries: true }, (error, archive) => {
      if (error || !archive) return reject(error)
      archive.on('error', reject)
      archive.on('end', () => resolve(files.sort((a, b) => (a.path < b.path ? -1 : 1))))
      archive.on('entry', (entry) => {
        const path = entry.fileName.slice(entry.fileName.indexOf('/') + 1)
        if (!/\.(?:jpg|png)$/.test(path)) return archive.readEntry()
        archive.openReadStream(entry, (problem, stream) => {
          if (problem || !stream) return reject(problem)
          const chunks: Buffer[] = []
          stream.on('error', reject)
          stream.on('data', (chunk: Buffer) => chunks.push(chunk))
          stream.on('end', () => {
            files.push({ path: `${folder}/${path}`, content: Buffer.concat(chunks) })
            archive.readEntry()
          })
        })
      })
      archive.readEntry()
    })
  })
}
