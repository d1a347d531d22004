// node scripts/bad-input.mjs
// Broken and hostile input through the built command: each must give one clear line and its exit code, the good page beside it must be done.
// Prints beside each how much memory the command and its workers took at most.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { measure } from '../bench/lib/process.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const main = join(root, 'packages/cli/dist/main.js')
const sharp = createRequire(join(root, 'packages/ocr/package.json'))('sharp')
const sample = join(root, 'scans/linhu-evening-2024-09-26')
const work = mkdtempSync(join(tmpdir(), 'broadsheet-bad-'))
const goodText = '湖水清清，山色青青。\n\n城东的小广场今天开放，居民都来散步。\n'

const png = (width, height) => {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc(body), body.length + 4)
    return out
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function crc(bytes) {
  let value = ~0
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return ~value >>> 0
}

/** Grain, which does not compress to a few bytes. */
const grain = (width, height) =>
  sharp({ create: { width, height, channels: 3, background: '#eee', noise: { type: 'gaussian', mean: 128, sigma: 40 } } }).greyscale()

async function jp2(width, height) {
  const factory = createRequire(join(root, 'packages/ocr/package.json'))('@cornerstonejs/codec-openjpeg/wasmjs')
  const { J2KEncoder } = await factory({ print() {}, printErr() {} })
  const encoder = new J2KEncoder()
  const pixels = encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount: 1, isSigned: false })
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at * 7919) % 256
  encoder.encode()
  return Buffer.from(encoder.getEncodedBuffer())
}

/** A PDF of one page, from the bodies of its further objects. */
function pdf(box, extra = [], trailer = '') {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[${box}]>>`,
    ...extra
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((body, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${text.length}\n%%EOF\n`
}

function encryptedPdf() {
  const key = 'ab'.repeat(32)
  const id = '00'.repeat(16)
  return pdf('0 0 72 72', [`<</Filter/Standard/V 1/R 2/P -4/O<${key}>/U<${key}>>>`], `/Encrypt 4 0 R/ID[<${id}><${id}>]`)
}

const whole = async () => ({
  'a.png': await grain(300, 400).png().toBuffer(),
  'b.jpg': await grain(300, 400).jpeg().toBuffer(),
  'c.webp': await grain(300, 400).webp().toBuffer(),
  'd.tif': await grain(300, 400).tiff({ compression: 'lzw' }).toBuffer(),
  'e.jp2': await jp2(300, 400),
  'f.pdf': Buffer.from(pdf('0 0 300 400'))
})

/** A share of every file, from its beginning. */
const cutOff = (share) => async (dir) => {
  for (const [name, bytes] of Object.entries(await whole()))
    writeFileSync(join(dir, name), bytes.subarray(0, Math.floor(bytes.length * share)))
}

/** Every bit of a stretch in the middle turned over: PNG, TIFF and JPEG 2000 notice at all events; what others make of it is theirs. */
async function flipped(dir) {
  for (const [name, bytes] of Object.entries(await whole())) {
    const from = bytes.length >> 1
    writeFileSync(
      join(dir, name),
      Buffer.concat([bytes.subarray(0, from), bytes.subarray(from, from + 64).map((byte) => ~byte), bytes.subarray(from + 64)])
    )
  }
}

/** The head of the file is whole, and so are its marks of tiles; what the wavelets are coded in is not. */
async function brokenCodestream(dir) {
  const bytes = await jp2(300, 400)
  const data = bytes.indexOf(Buffer.from([0xff, 0x93])) + 2
  bytes.fill(0xa5, data + 20, bytes.length - 20)
  writeFileSync(join(dir, 'a.jp2'), bytes)
}

/** One drawn line of type in every form in which a picture can be stored. */
async function everyForm(dir) {
  const type = () => sharp(join(sample, 'p02.jpg')).extract({ left: 0, top: 0, width: 800, height: 600 })
  const clear = sharp({ create: { width: 800, height: 600, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
  await type().toColourspace('cmyk').jpeg().toFile(join(dir, 'cmyk.jpg'))
  await type().greyscale().toColourspace('grey16').png().toFile(join(dir, 'grey16.png'))
  await type().greyscale().toColourspace('grey16').tiff({ compression: 'deflate' }).toFile(join(dir, 'grey16.tif'))
  await type().greyscale().threshold().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }).toFile(join(dir, 'g4.tif'))
  await type().png({ palette: true, colours: 16 }).toFile(join(dir, 'palette.png'))
  await clear.png().toFile(join(dir, 'clear.png'))
  await type().ensureAlpha(0.9).webp().toFile(join(dir, 'alpha.webp'))
  await type().withMetadata({ orientation: 6 }).jpeg().toFile(join(dir, 'turned.jpg'))
}

/** What stands where a scan should: a folder, a pipe, names made to be mistaken. The name is given as bytes. */
function oddEntries(dir) {
  mkdirSync(join(dir, 'folder.jpg'))
  spawnSync('mkfifo', [join(dir, 'pipe.png')])
  const name = (bytes) => Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(bytes)])
  writeFileSync(name('-rf.txt'), goodText)
  writeFileSync(name(`${'长'.repeat(83)}.txt`), goodText)
  writeFileSync(name('..%2f..%2foutside.txt'), goodText)
  writeFileSync(name([0xff, 0xfe, 0x2e, 0x74, 0x78, 0x74]), goodText)
}

/** Small files that say they are huge. */
async function bombs(dir) {
  const jpeg = await grain(64, 64).jpeg().toBuffer()
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(65_000, frame + 5)
  jpeg.writeUInt16BE(65_000, frame + 7)
  const webp = await grain(64, 64).webp({ lossless: true }).toBuffer()
  webp.writeUInt32LE(0x0fffffff, 21)
  const tiff = await grain(64, 64).tiff({ compression: 'none' }).toBuffer()
  for (let at = tiff.readUInt32LE(4) + 2, end = at + 12 * tiff.readUInt16LE(at - 2); at < end; at += 12)
    if ([256, 257].includes(tiff.readUInt16LE(at))) {
      tiff.writeUInt16LE(4, at + 2)
      tiff.writeUInt32LE(100_000, at + 8)
    }
  const wavelet = await jp2(64, 64)
  for (const at of [8, 12]) wavelet.writeUInt32BE(60_000, at)
  const files = {
    'a.png': png(30_000, 30_000),
    'b.jpg': jpeg,
    'c.webp': webp,
    'd.tif': tiff,
    'e.jp2': wavelet,
    'f.pdf': pdf('0 0 90000 90000')
  }
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes)
}

async function badSheet(dir) {
  const sheets = await Promise.all([1, 2, 3].map(() => grain(200, 150).png().toBuffer()))
  const tiff = await sharp(sheets, { join: { animated: true } })
    .tiff({ compression: 'deflate' })
    .toBuffer()
  const second = tiff.readUInt32LE(tiff.readUInt32LE(4) + 2 + 12 * tiff.readUInt16LE(tiff.readUInt32LE(4)))
  for (let at = second + 2, end = at + 12 * tiff.readUInt16LE(second); at < end; at += 12) {
    if (tiff.readUInt16LE(at) !== 273) continue
    const strip = tiff.readUInt32LE(at + 4) === 1 ? tiff.readUInt32LE(at + 8) : tiff.readUInt32LE(tiff.readUInt32LE(at + 8))
    tiff.fill(0x5a, strip, strip + 400)
  }
  writeFileSync(join(dir, 'a.tif'), tiff)
}

async function photograph(dir) {
  const soft = await grain(60, 80).png().toBuffer()
  await sharp(soft).resize(1200, 1600, { kernel: 'cubic' }).jpeg().toFile(join(dir, 'a.jpg'))
}

const turned = (dir, degrees) => sharp(join(sample, 'p02.jpg')).rotate(degrees).jpeg({ quality: 90 }).toFile(join(dir, 'p02.jpg'))

/** Two pages in one picture, with the shadow of a fold. */
async function acrossFold(dir) {
  const [left, right] = await Promise.all(
    ['p01', 'p02'].map((name) =>
      sharp(join(sample, `${name}.jpg`))
        .resize({ height: 1800 })
        .png()
        .toBuffer()
    )
  )
  const [one, two] = await Promise.all([left, right].map((page) => sharp(page).metadata()))
  const stops = '<stop offset="0" stop-opacity="0"/><stop offset=".5" stop-opacity=".6"/><stop offset="1" stop-opacity="0"/>'
  const shadow = Buffer.from(
    `<svg width="80" height="1800"><defs><linearGradient id="f">${stops}</linearGradient></defs><rect width="80" height="1800" fill="url(#f)"/></svg>`
  )
  await sharp({ create: { width: one.width + two.width, height: 1800, channels: 3, background: '#eee' } })
    .composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: one.width, top: 0 },
      { input: shadow, left: one.width - 40, top: 0 }
    ])
    .jpeg({ quality: 90 })
    .toFile(join(dir, 'a.jpg'))
}

/** Files that are what they should not be, or say what cannot be, and are read all the same; and such as are refused. */
async function strangeFiles(dir) {
  const type = () => sharp(join(sample, 'p02.jpg')).extract({ left: 100, top: 300, width: 500, height: 400 })
  const path = (name) => join(dir, name)
  await type().toColourspace('cmyk').tiff({ compression: 'lzw' }).toFile(path('cmyk.tif'))
  await type().toColourspace('rgb16').tiff({ compression: 'deflate' }).toFile(path('rgb16.tif'))
  await type().ensureAlpha(0.5).png({ palette: true, colours: 8 }).toFile(path('palette-alpha.png'))
  await type().jpeg().toFile(path('jpeg.png'))
  writeFileSync(path('trailing.jpg'), Buffer.concat([await type().jpeg().toBuffer(), Buffer.alloc(100_000, 65)]))
  for (const density of [1, 10_000])
    await type()
      .withMetadata({ density })
      .jpeg()
      .toFile(path(`dpi${density}.jpg`))
  for (const name of ['\u202ertl', '😀', 'a b"c\'$(x)'])
    await type()
      .resize(200)
      .jpeg()
      .toFile(path(`${name}.jpg`))
  const frames = await Promise.all([1, 2, 3].map((angle) => type().resize(200, 150).modulate({ brightness: angle }).png().toBuffer()))
  await sharp(frames, { join: { animated: true } })
    .webp()
    .toFile(path('animated.webp'))
  await sharp(frames, { join: { animated: true } })
    .gif()
    .toFile(path('animated.gif'))
  symlinkSync(path('loop.jpg'), path('loop.jpg'))
  const tiff = await grain(60, 40).tiff({ compression: 'none' }).toBuffer()
  const first = tiff.readUInt32LE(4)
  tiff.writeUInt32LE(first, first + 2 + 12 * tiff.readUInt16LE(first))
  writeFileSync(path('tail.tif'), tiff)
}

async function manySheets(dir) {
  const sheets = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      sharp({ create: { width: 20, height: 16, channels: 3, background: { r: index % 256, g: 200, b: 200 } } })
        .greyscale()
        .png()
        .toBuffer()
    )
  )
  await sharp(sheets, { join: { animated: true } })
    .tiff({ compression: 'deflate' })
    .toFile(join(dir, 'a.tif'))
}

const everyFormat = [/a\.png/, /b\.jpg/, /c\.webp/, /d\.tif/, /e\.jp2/, /f\.pdf/]

/** Root reads it all the same. */
function closedFile(dir) {
  writeFileSync(join(dir, 'a.txt'), goodText)
  chmodSync(join(dir, 'a.txt'), 0)
}

/** name → [files of the issue folder, expected exit code, expected lines, a page of the outcome] */
const cases = {
  'empty file': [(dir) => writeFileSync(join(dir, 'a.jpg'), ''), 6, /empty/],
  'truncated JPEG': [
    (dir) => {
      copyFileSync(join(sample, 'p02.jpg'), join(dir, 'a.jpg'))
      truncateSync(join(dir, 'a.jpg'), 200_000)
    },
    6,
    /a\.jpg/
  ],
  'text named .png': [(dir) => writeFileSync(join(dir, 'a.png'), 'this is no picture at all\n'), 6, /a\.png/],
  '30,000 × 30,000 pixels': [(dir) => writeFileSync(join(dir, 'a.png'), png(30_000, 30_000)), 6, /a\.png/],
  '60,000 × 4 pixels': [(dir) => writeFileSync(join(dir, 'a.png'), png(60_000, 4)), [0, 6], /./],
  '1 × 1 pixel': [(dir) => writeFileSync(join(dir, 'a.png'), png(1, 1)), [0, 6], /./],
  'blank page': [
    async (dir) =>
      writeFileSync(
        join(dir, 'a.png'),
        await sharp({ create: { width: 1200, height: 1700, channels: 3, background: '#f4f0e4' } })
          .png()
          .toBuffer()
      ),
    0,
    /no text was found on it/
  ],
  SVG: [
    (dir) =>
      writeFileSync(join(dir, 'a.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'),
    6,
    /a\.png/
  ],
  'broken PDF': [(dir) => writeFileSync(join(dir, 'a.pdf'), '%PDF-1.7\nnot one\n'), 6, /a\.pdf/],
  'broken JPEG 2000': [
    (dir) => writeFileSync(join(dir, 'a.jp2'), Buffer.concat([Buffer.from('0000000c6a5020200d0a870a', 'hex'), Buffer.alloc(400, 7)])),
    6,
    /a\.jp2/
  ],
  'every format cut off after 10 %': [cutOff(0.1), 6, everyFormat],
  'every format cut off after half': [cutOff(0.5), 6, everyFormat],
  'every format cut off after 90 %': [cutOff(0.9), 6, everyFormat.slice(0, -1)],
  'every format with bits turned over': [flipped, 6, [/a\.png/, /d\.tif/]],
  'JPEG 2000 with a broken codestream': [brokenCodestream, [0, 6], /./],
  'PDF without pages': [
    (dir) => writeFileSync(join(dir, 'a.pdf'), pdf('0 0 1 1').replace('/Kids[3 0 R]/Count 1', '/Kids[     ]/Count 0')),
    6,
    /a\.pdf/
  ],
  'every form a picture is stored in': [
    everyForm,
    0,
    ['clear', 'cmyk', 'grey16', 'grey16-tif', 'g4', 'palette', 'alpha', 'turned'].map((name) => new RegExp(`bad/${name} `))
  ],
  'folder, pipe and odd names': [
    oddEntries,
    6,
    [/folder\.jpg: passed over/, /pipe\.png: passed over; neither/, /if the name is not UTF-8/, /bad\/rf|bad\/-rf/]
  ],
  'a file that may not be read': [closedFile, [0, 6], /./],
  'every format larger than it may be': [bombs, 6, everyFormat],
  'encrypted PDF': [(dir) => writeFileSync(join(dir, 'a.pdf'), encryptedPdf()), 6, /a\.pdf is encrypted/],
  'one bad sheet of three': [badSheet, 6, [/a\.tif \(sheet 2\) is damaged/, /4 pages done/]],
  'photograph only': [photograph, 0, /no text was found on it/],
  'strange files': [
    strangeFiles,
    6,
    [
      /animated\.webp is an animation/,
      /animated\.gif: passed over/,
      /loop\.jpg: passed over; links/,
      /tail\.tif is damaged or cut off \(TIFF directory/,
      ...['cmyk', 'rgb16', 'palette-alpha', 'jpeg', 'trailing', 'dpi1', 'dpi10000'].map((name) => new RegExp(`bad/${name} `)),
      /2 failed, 12 pages done/
    ]
  ],
  'fifty sheets': [manySheets, 0, [/no text was found on 50 of its 50 pages/]],
  'page upside down': [(dir) => turned(dir, 180), 0, /./, 'p02'],
  'page across a fold': [acrossFold, 0, /./, 'a-2'],
  'broken ALTO': [(dir) => writeFileSync(join(dir, 'a.xml'), '<alto><Layout><Page><PrintSpace>'), [0, 6], /./],
  'XML with entities': [
    (dir) => writeFileSync(join(dir, 'a.xml'), '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><alto>&c;</alto>'),
    6,
    /a\.xml/
  ],
  'wrong date': [(dir) => writeFileSync(join(dir, 'broadsheet.yaml'), 'title: X\ndate: 2024-13-45\n'), 6, /date/],
  'unknown field': [(dir) => writeFileSync(join(dir, 'broadsheet.yaml'), 'title: X\ntitel: Y\n'), 6, /titel/],
  '../ in the id': [(dir) => writeFileSync(join(dir, 'broadsheet.yaml'), 'title: X\nid: ../../outside\n'), 6, /id/],
  'deep YAML': [(dir) => writeFileSync(join(dir, 'broadsheet.yaml'), `title: ${'['.repeat(5000)}`), 6, /broadsheet\.yaml/],
  'newline in a name': [(dir) => writeFileSync(join(dir, 'a\nb\u001b[31m.txt'), goodText), 0, /./],
  'a link out': [(dir) => symlinkSync('/etc/passwd', join(dir, 'a.txt')), 0, /links are not followed/],
  'broken decisions': [(dir) => writeFileSync(join(dir, 'a.decisions.jsonl'), '{"verdict":\n'), [6, 9], /decisions/],
  'lone surrogates and controls': [
    (dir) =>
      writeFileSync(join(dir, 'a.txt'), Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from('湖\ud800水\u0000\u001b清', 'utf16le')])),
    [0, 6],
    /./
  ],
  'not UTF-8': [(dir) => writeFileSync(join(dir, 'a.txt'), Buffer.from([0xff, 0xff, 0xfe, 0x81, 0xff, 0xc0])), 6, /a\.txt/],
  '10 MB in one line': [(dir) => writeFileSync(join(dir, 'a.txt'), '湖水清清，'.repeat(700_000)), 0, /./]
}

/** Runs the command; `peakMb`: resident memory of it and its workers together, where the system tells (proc). */
async function measured(args) {
  const log = join(work, 'stderr.txt')
  const file = openSync(log, 'w')
  const result = await measure(process.execPath, args, { stdio: ['ignore', 'pipe', file], timeout: 900_000 })
  closeSync(file)
  return { ...result, stderr: readFileSync(log, 'utf8') }
}

let failures = 0
const only = process.argv[2]
for (const [name, [make, code, line, page]] of Object.entries(cases)) {
  if (only && !name.includes(only)) continue
  const scans = join(work, 'scans')
  const out = join(work, 'out')
  rmSync(scans, { recursive: true, force: true })
  rmSync(out, { recursive: true, force: true })
  mkdirSync(join(scans, 'bad'), { recursive: true })
  mkdirSync(join(scans, 'good'))
  writeFileSync(join(scans, 'good', 'p01.txt'), goodText)
  writeFileSync(join(scans, 'bad', 'p01.txt'), goodText)
  await make(join(scans, 'bad'))
  report(name, await measured([main, 'run', scans, '--out', out]), code, line, out, page)
}
if (!only) {
  await foldersAndDisks()
}
rmSync(work, { recursive: true, force: true })
console.log(failures === 0 ? 'all as they should be' : `${failures} are not as they should be`)
process.exitCode = failures === 0 ? 0 : 1

async function foldersAndDisks() {
  const scans = join(work, 'scans')
  const out = join(work, 'out')
  const fresh = () => {
    rmSync(scans, { recursive: true, force: true })
    rmSync(out, { recursive: true, force: true })
    mkdirSync(join(scans, 'good'), { recursive: true })
    writeFileSync(join(scans, 'good', 'p01.txt'), goodText)
  }
  fresh()
  mkdirSync(join(scans, 'none'))
  report('folder without pages', spawnSync(process.execPath, [main, 'run', scans, '--out', out], { encoding: 'utf8' }), 6, /no pages/, out)
  if (process.getuid?.() === 0) console.log('skip  unreadable folder (root reads everything)')
  else {
    fresh()
    mkdirSync(join(scans, 'closed'))
    chmodSync(join(scans, 'closed'), 0)
    report('unreadable folder', spawnSync(process.execPath, [main, 'run', scans, '--out', out], { encoding: 'utf8' }), 6, /permission/, out)
    chmodSync(join(scans, 'closed'), 0o755)
  }
  fresh()
  report(
    'no such folder',
    spawnSync(process.execPath, [main, 'run', join(work, 'nowhere'), '--out', out], { encoding: 'utf8' }),
    5,
    /nowhere/
  )
  fullDisk(scans, fresh)
}

/** A file system of a few kilobytes in memory, where the machine lets us mount one. */
function fullDisk(scans, fresh) {
  fresh()
  const small = join(work, 'small')
  mkdirSync(small)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24k', 'tmpfs', small]).status === 0
  if (!mounted) return console.log('skip  full disk (no file system could be mounted)')
  report(
    'full disk',
    spawnSync(process.execPath, [main, 'run', scans, '--out', join(small, 'out')], { encoding: 'utf8' }),
    5,
    /disk is full/
  )
  const half = readdirSync(small, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      entry.name.endsWith('.json') &&
      !/claims/.test(entry.parentPath) &&
      readFileSync(join(entry.parentPath, entry.name)).length === 0
  )
  if (half.length > 0) failures++
  spawnSync('mount', ['-o', 'remount,size=20m', small])
  report(
    '… and taken up again with room',
    spawnSync(process.execPath, [main, 'run', scans, '--out', join(small, 'out')], { encoding: 'utf8' }),
    0,
    /./,
    join(small, 'out')
  )
  spawnSync('umount', [small])
}

function report(name, result, code, lines, out, page) {
  const wrong = []
  const [line] = [lines].flat()
  const text = `${result.stderr}${result.stdout}`
  if (![code].flat().includes(result.status)) wrong.push(`exit ${result.status ?? result.signal}, expected ${code}`)
  for (const one of [lines].flat()) if (!one.test(text)) wrong.push(`no line like ${one}`)
  if (page && !existsSync(join(out, 'bad', 'pages', page))) wrong.push(`no page ${page}`)
  if (/\n\s+at .*:\d+:\d+/.test(text)) wrong.push('a stack trace')
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text)) wrong.push('control characters in the output')
  if (out && !existsSync(join(out, 'good', 'index.md'))) wrong.push('the good issue was not done')
  if (existsSync(join(work, 'outside')) || existsSync(join(dirname(work), 'outside'))) wrong.push('a file outside')
  if (wrong.length > 0) failures++
  const shown =
    result.stderr.split('\n').find((one) => line.test(one) && /bad|broadsheet|failed|note/.test(one)) ?? result.stderr.split('\n')[0] ?? ''
  console.log(
    `${wrong.length === 0 ? 'ok   ' : 'WRONG'} ${name} (exit ${result.status}${result.peakMb ? `, ${Math.round(result.peakMb)} MB` : ''}): ${shown.slice(0, 200).replace(work, '…')}${wrong.map((one) => `\n      ${one}`).join('')}`
  )
  if (wrong.length > 0) console.log(text.slice(0, 1500))
}
