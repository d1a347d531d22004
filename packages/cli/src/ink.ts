import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Ink, measureInk } from '@broadsheet/compare'
import type { Box, Page } from '@broadsheet/document'
import { type GreyImage, openScan, reduceGrey } from '@broadsheet/ocr'
import { exists } from './files.ts'

/** Wide enough for lines of small type to stay apart. */
const pictureWidth = 1600

/** The ink of a page from its scan; undefined where `openGrey` finds none. */
export async function inkOf(page: Page, folders: readonly string[]): Promise<Ink | undefined> {
  const grey = await openGrey(page, folders)
  if (!grey) return undefined
  const factor = Math.max(1, Math.round(grey.width / pictureWidth))
  return measureInk({ ...reduceGrey(grey, factor), factor })
}

/**
 * The archival image of a page as grey, from the first of the folders that has it; where the page is a part of the sheet, the rest
 * of it is white. Undefined where no folder has it, and for scans that are stored turned.
 *
 * @throws ScanError when the scan is damaged.
 */
export async function openGrey({ image }: Page, folders: readonly string[]): Promise<GreyImage | undefined> {
  if (!image) return undefined
  for (const folder of folders) {
    const path = join(folder, basename(image.href))
    if (!(await exists(path))) continue
    const scan = (await openScan(await readFile(path), basename(path)))[image.sheet ?? 0]
    if (scan?.orientation !== 1) return undefined
    const grey = await scan.readGrey()
    return image.crop ? whitenAround(grey, image.crop) : grey
  }
  return undefined
}

function whitenAround({ pixels, width, height }: GreyImage, part: Box): GreyImage {
  const out = new Uint8Array(pixels.length).fill(255)
  for (let y = part.y; y < part.y + part.height; y++) {
    const at = y * width + part.x
    out.set(pixels.subarray(at, at + part.width), at)
  }
  return { pixels: out, width, height }
}
