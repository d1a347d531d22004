import { type Box, type Change, type CleanPage, locateSpan, type Page, unionBoxes } from '@broadsheet/document'
import { encodeGrey } from '@broadsheet/export'
import type { GreyImage } from '@broadsheet/ocr'
import { openGrey } from './ink.ts'

/** So many cuttings are enough for one report. */
const mostSnippets = 400
const widest = 900

/** Cuttings of the scan for the changes of a page, as data URIs by change id; none where there are no boxes or no scan. */
export async function cutSnippets(clean: CleanPage, folders: readonly string[]): Promise<Record<string, string>> {
  const grey = await openGrey(clean.page, folders)
  if (!grey) return {}
  const snippets: Record<string, string> = {}
  for (const change of clean.changes.filter((one) => one.kind !== 'label').slice(0, mostSnippets)) {
    const box = boxOf(clean.page, change)
    const piece = box && cut(grey, box)
    if (piece) snippets[change.id] = `data:image/jpeg;base64,${Buffer.from(await encodeGrey(piece)).toString('base64')}`
  }
  return snippets
}

/** The first line that a change touches, with an em of its neighbourhood. */
function boxOf(page: Page, change: Change): Box | undefined {
  const places = locateSpan(page, { region: change.region, from: change.from, to: Math.max(change.to, change.from + 1) })
  const [first] = places
  if (!first) return undefined
  const box = unionBoxes(places.filter((place) => place.line === first.line).map((place) => place.box))!
  const em = Math.min(box.width, box.height)
  return { x: box.x - em * 3, y: box.y - em / 2, width: box.width + em * 6, height: box.height + em }
}

function cut(grey: GreyImage, box: Box): GreyImage | undefined {
  const [x0, y0] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))]
  const width = Math.min(grey.width - x0, Math.ceil(box.width), widest)
  const height = Math.min(grey.height - y0, Math.ceil(box.height), widest)
  if (width < 1 || height < 1) return undefined
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    pixels.set(grey.pixels.subarray((y0 + y) * grey.width + x0, (y0 + y) * grey.width + x0 + width), y * width)
  return { pixels, width, height }
}
