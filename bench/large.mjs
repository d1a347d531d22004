// How much memory a large sheet takes: one page enlarged to so many million pixels, saved in every format and read by the main job.
//   pnpm bench large [--megapixels 100] [--formats jpeg,png,tiff,jp2,pdf] [scan]
// Resident memory of all processes together (the command and its one worker), sampled every 50 ms.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measure } from './lib/process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'packages/cli/dist/main.js')
const fromOcr = createRequire(join(root, 'packages/ocr/package.json'))
const sharp = fromOcr('sharp')
const { PDFDocument } = createRequire(join(root, 'packages/export/package.json'))('@cantoo/pdf-lib')
const dpi = 600

const encoders = {
  jpeg: ['jpg', (picture) => picture.jpeg({ quality: 80 }).toBuffer()],
  png: ['png', (picture) => picture.png({ compressionLevel: 3 }).toBuffer()],
  tiff: ['tif', (picture) => picture.threshold(140).toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer()],
  jp2: ['jp2', encodeJp2],
  pdf: ['pdf', encodePdf]
}

export default async function (args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { megapixels: { type: 'string', default: '100' }, formats: { type: 'string', default: Object.keys(encoders).join() } }
  })
  const scan = positionals[0] ?? join(root, 'scans/linhu-evening-2024-09-26/p01.jpg')
  const { raw, size } = await enlarged(scan, Number(values.megapixels) * 1e6)
  console.log(`${size.width} × ${size.height} pixels, ${((size.width * size.height) / 1e6).toFixed(0)} megapixels`)
  console.log('format   file MB   CPU s   wall s   peak MB   pages done')
  for (const format of values.formats.split(',')) {
    const [ending, encode] = encoders[format]
    const work = mkdtempSync(join(tmpdir(), 'broadsheet-large-'))
    try {
      mkdirSync(join(work, 'scans'))
      const file = join(work, 'scans', `p01.${ending}`)
      const bytes = await encode(sharp(raw, { raw: { ...size, channels: 1 }, limitInputPixels: false }), raw, size)
      writeFileSync(file, bytes)
      const run = ['run', join(work, 'scans'), '--out', join(work, 'out'), '--jobs', '1', '--json']
      const { stdout, seconds, cpuSeconds, peakMb } = await measure(process.execPath, [main, ...run])
      const done = JSON.parse(stdout || '{"issues":[]}')
        .issues.flatMap((issue) => issue.pages)
        .filter((page) => page.state === 'done')
      console.log(
        `${format.padEnd(6)} ${(bytes.length / 1e6).toFixed(1).padStart(9)} ${cpuSeconds.toFixed(1).padStart(7)} ${seconds.toFixed(1).padStart(8)} ${peakMb.toFixed(0).padStart(9)}   ${done.length}`
      )
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
}

/** A scan enlarged to about so many pixels, as grey. */
async function enlarged(scan, pixels) {
  const { width, height } = await sharp(scan).metadata()
  const factor = Math.sqrt(pixels / (width * height))
  const size = { width: Math.round(width * factor), height: Math.round(height * factor) }
  const raw = await sharp(scan).greyscale().resize(size.width, size.height, { fit: 'fill' }).raw().toBuffer()
  return { raw, size }
}

async function encodeJp2(_, raw, { width, height }) {
  const { J2KEncoder } = await fromOcr('@cornerstonejs/codec-openjpeg/wasmjs')({ print() {}, printErr() {} })
  const encoder = new J2KEncoder()
  encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount: 1, isSigned: false }).set(raw)
  encoder.setQuality?.(false, 0)
  encoder.setCompressionRatio?.(0, 12)
  encoder.encode()
  return Buffer.from(encoder.getEncodedBuffer())
}

/** A PDF of one page that is the picture. */
async function encodePdf(picture, _, { width, height }) {
  const document = await PDFDocument.create()
  const image = await document.embedJpg(await picture.jpeg({ quality: 80 }).toBuffer())
  const [wide, high] = [width, height].map((pixels) => (pixels * 72) / dpi)
  document.addPage([wide, high]).drawImage(image, { x: 0, y: 0, width: wide, height: high })
  return Buffer.from(await document.save())
}
