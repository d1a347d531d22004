// Whether sheets scanned across their fold are told from single pages. Made sheets: two pages side by side, uneven, a little
// turned, with and without the shadow of a fold. Single pages: every page as it is and on its side, its upper and its lower half
// (which are wider than high), and the two of a sheet with a headline or a picture laid across the middle. Two made pages of one size
// and one level of damage are a spread, brought to one brightness of paper, as one lamp gives; others side by side are counted apart.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { orientGrey } from '../../packages/ocr/dist/image/orientation.js'
import { openScan } from '../../packages/ocr/dist/index.js'
import { findFold } from '../../packages/ocr/dist/layout/fold.js'

const sharp = createRequire(join(fileURLToPath(import.meta.url), '../../../packages/ocr/package.json'))('sharp')
const side = 2400

/** @param pages `{ id, file, group, vertical, level, size }`: level and size in millimetres are known of made pages only */
export async function measureFolds(pages) {
  const counts = {}
  const seconds = { all: 0, number: 0 }
  const ask = (kind, name, grey, expected) => {
    const start = process.cpuUsage()
    const fold = findFold(grey)
    const { user, system } = process.cpuUsage(start)
    seconds.all += (user + system) / 1e6
    seconds.number++
    const right = expected === undefined ? fold === undefined : fold !== undefined && expected(fold)
    counts[kind] ??= { right: 0, all: 0 }
    const sum = counts[kind]
    sum.all++
    if (right) sum.right++
    else
      console.log(
        `${kind}: ${name}: ${fold ? `fold at ${Math.round(fold.top)}–${Math.round(fold.bottom)}${grey.fold ? `, should be ${grey.fold}` : ''}${fold.rightFirst ? ', right first' : ''}` : 'no fold found'}`
      )
  }
  let last
  for (const [index, page] of neighbours(pages).entries()) {
    const [scan] = await openScan(readFileSync(page.file), basename(page.file))
    const grey = await scan.readGrey()
    ask('single page', page.id, grey)
    ask('single page on its side', page.id, orientGrey(grey, 6))
    for (const [name, box] of Object.entries(halves(grey))) ask('half of a page', `${page.id} ${name}`, await cut(grey, box))
    const here = { page, picture: await normal(grey, index) }
    if (last?.page.group === page.group)
      for (const shadow of [0, 25, 110]) {
        const isSpread = areEqual(last.page, page)
        const sheet = await joined(last.picture, isSpread ? levelled(here.picture, last.picture) : here.picture, shadow, index)
        const name = `${last.page.id} + ${page.id}, shadow ${shadow}`
        const vertical = [last.page, page].every((one) => one.vertical)
        const expected = (fold) => Math.abs((fold.top + fold.bottom) / 2 - sheet.fold) < 0.012 * sheet.width && fold.rightFirst === vertical
        ask(`${isSpread ? 'spread' : 'two unlike pages'}, shadow of ${shadow} levels`, name, sheet, expected)
        ask('headline across the middle', name, withHeadline(sheet))
        ask('picture across the middle', name, withPicture(sheet))
      }
    last = here
  }
  console.log()
  for (const [kind, { right, all }] of Object.entries(counts)) console.log(`${kind.padEnd(36)} right ${right} of ${all}`)
  console.log(`${(seconds.all / seconds.number).toFixed(2)} s of processor time each`)
}

/** Pages of one group after each other, those of one level and like size beside each other. */
const neighbours = (pages) =>
  [...pages].sort(
    (a, b) =>
      (a.group < b.group ? -1 : a.group > b.group ? 1 : 0) || (a.level ?? 9) - (b.level ?? 9) || (a.size?.[1] ?? 0) - (b.size?.[1] ?? 0)
  )

/** Whether two pages may be of one sheet, but for how a scanner trims them. */
const areEqual = (one, other) =>
  Boolean(one.size && other.size) &&
  one.level === other.level &&
  one.size.every((length, index) => Math.abs(length / other.size[index] - 1) < 0.08)

/** A picture with paper as bright as that of another. */
function levelled(picture, like) {
  const gain = paperOf(like) / paperOf(picture)
  return { ...picture, pixels: picture.pixels.map((value) => Math.min(255, Math.round(value * gain))) }
}

/** The commonest level among the light ones. */
function paperOf({ pixels }) {
  const counts = new Uint32Array(256)
  for (const value of pixels) counts[value]++
  return counts.indexOf(Math.max(...counts.subarray(120)), 120)
}

const halves = ({ width, height }) => ({
  'upper half': { left: 0, top: 0, width, height: height >> 1 },
  'lower half': { left: 0, top: height >> 1, width, height: height >> 1 }
})

const open = ({ pixels, width, height }) => sharp(pixels, { raw: { width, height, channels: 1 }, limitInputPixels: false })

async function grey(picture) {
  const { data, info } = await picture.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, height: info.height }
}

const cut = (image, box) => grey(open(image).extract(box))

/** A page of fixed height, a little turned, its edges trimmed as those of a scan across a fold are. */
export async function normal(image, index) {
  const angle = (((index * 7) % 11) - 5) * 0.12
  const turned = await grey(open(image).resize({ height: side }).rotate(angle, { background: '#eee' }))
  // The edge of the single sheet, which two pages of one sheet do not have between them, is cut off.
  const [left, top] = [Math.round(0.02 * turned.width), Math.round(0.006 * turned.height)]
  return cut(turned, { left, top, width: turned.width - 2 * left, height: turned.height - 2 * top })
}

/** Two pages side by side, the right one lower by a few millimetres, with the shadow of a fold that leans a little. */
export async function joined(left, right, shadow, index) {
  const drop = ((index * 13) % 5) * 18
  const height = Math.max(left.height, right.height + drop)
  const width = left.width + right.width
  const pixels = new Uint8Array(width * height).fill(235)
  for (const [image, x0, y0] of [
    [left, 0, 0],
    [right, left.width, drop]
  ])
    for (let y = 0; y < image.height; y++) pixels.set(image.pixels.subarray(y * image.width, (y + 1) * image.width), (y + y0) * width + x0)
  const reach = 30
  const lean = ((index % 3) - 1) * 12
  if (shadow > 0)
    for (let y = 0; y < height; y++) {
      const middle = left.width + (lean * y) / height - lean / 2
      for (let x = Math.round(middle) - 4 * reach; x < middle + 4 * reach; x++) {
        const drop = shadow * Math.exp(-(((x - middle) / reach) ** 2)) + (shadow > 60 && Math.abs(x - middle) < 3 ? 60 : 0)
        pixels[y * width + x] = Math.max(0, pixels[y * width + x] - drop)
      }
    }
  return { pixels, width, height, fold: left.width }
}

/** Large type across the middle, a twelfth of the way down. */
export function withHeadline(sheet) {
  return drawn(sheet, (fill) => {
    const em = 110
    for (let x = sheet.fold - 4.5 * em; x < sheet.fold + 4.5 * em; x += 1.15 * em) {
      for (const at of [0, 0.4, 0.8]) fill(x, 200 + at * em, em, 0.13 * em, 30)
      for (const at of [0.05, 0.75]) fill(x + at * em, 200, 0.13 * em, em, 30)
    }
  })
}

function withPicture(sheet) {
  return drawn(sheet, (fill) => {
    for (let y = 900; y < 1500; y += 6)
      for (let x = sheet.fold - 420; x < sheet.fold + 420; x += 6) fill(x, y, 6, 6, 60 + ((x * 7 + y * 5) % 110))
  })
}

function drawn(sheet, draw) {
  const copy = { ...sheet, pixels: sheet.pixels.slice() }
  draw((x, y, width, height, value) => {
    for (let row = Math.round(y); row < y + height; row++)
      copy.pixels.fill(value, row * sheet.width + Math.round(x), row * sheet.width + Math.round(x + width))
  })
  return copy
}
