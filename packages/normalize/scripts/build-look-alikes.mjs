// Builds the table of look-alikes that the package carries: every character of GB 2312, drawn in free fonts of three styles, beside those
// whose drawings are most like its own. The numbers are measured here; nothing is taken from anybody's table.
//
//   node packages/normalize/scripts/build-look-alikes.mjs        (needs sharp, and the fonts named below installed; some minutes)
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync } from 'node:zlib'

const sharp = createRequire(new URL('../../ocr/package.json', import.meta.url))('sharp')
const fonts = ['Noto Serif CJK SC', 'Noto Sans CJK SC', 'AR PL UKai CN']
const cell = 48
const columns = 20
const kept = 20

const characters = gb2312()
const features = await Promise.all(fonts.map(drawAll))
const rows = characters.map((_, index) => nearest(index))
write(rows)

/** The 6,763 characters of GB 2312, in code order. */
function gb2312() {
  const decoder = new TextDecoder('gb18030')
  const found = new Set()
  for (let row = 0xb0; row <= 0xf7; row++)
    for (let column = 0xa1; column <= 0xfe; column++) {
      const char = decoder.decode(Uint8Array.of(row, column))
      if (/^[\u4e00-\u9fff]$/.test(char)) found.add(char)
    }
  return [...found].sort()
}

async function drawAll(font) {
  const vectors = []
  for (let at = 0; at < characters.length; at += columns * columns) {
    const sheet = characters.slice(at, at + columns * columns)
    const texts = sheet.map(
      (char, index) =>
        `<text x="${(index % columns) * cell + 4}" y="${Math.floor(index / columns) * cell + 39}" font-family="${font}" font-size="40">${char}</text>`
    )
    const size = cell * columns
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="100%" height="100%" fill="white"/>${texts.join('')}</svg>`
    const { data } = await sharp(Buffer.from(svg)).flatten().greyscale().raw().toBuffer({ resolveWithObject: true })
    for (const index of sheet.keys()) vectors.push(describe(data, size, (index % columns) * cell, Math.floor(index / columns) * cell))
  }
  return vectors
}

/** What a drawing is compared by: ink on a grid of 16 × 16, edges in four directions on one of 8 × 8; each of length 1. */
function describe(data, width, left, top) {
  const ink = (x, y) => (x < 0 || y < 0 || x >= cell || y >= cell ? 0 : 255 - data[(top + y) * width + left + x])
  const grid = new Float32Array(256)
  const edges = new Float32Array(256)
  for (let y = 0; y < cell; y++)
    for (let x = 0; x < cell; x++) {
      for (const [dx, dy, weight] of [
        [0, 0, 4],
        [1, 0, 2],
        [-1, 0, 2],
        [0, 1, 2],
        [0, -1, 2]
      ])
        grid[Math.floor(y / 3) * 16 + Math.floor(x / 3)] += ink(x + dx, y + dy) * weight
      const across = ink(x + 1, y) - ink(x - 1, y)
      const down = ink(x, y + 1) - ink(x, y - 1)
      const strength = Math.hypot(across, down)
      if (strength < 30) continue
      const direction = Math.round((Math.atan2(down, across) / Math.PI) * 4 + 8) % 4
      edges[direction * 64 + Math.floor(y / 6) * 8 + Math.floor(x / 6)] += strength
    }
  const vector = new Float32Array(512)
  vector.set(unit(grid), 0)
  vector.set(unit(edges), 256)
  return vector
}

function unit(vector) {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1
  return vector.map((value) => value / length)
}

function nearest(index) {
  const scores = characters.map((_, other) => {
    if (other === index) return { other, score: 0 }
    let best = 0
    let sum = 0
    for (const vectors of features) {
      const a = vectors[index]
      const b = vectors[other]
      let dot = 0
      for (let at = 0; at < 512; at++) dot += a[at] * b[at]
      sum += dot / 2
      best = Math.max(best, dot / 2)
    }
    return { other, score: (sum / features.length + best) / 2 }
  })
  return scores.sort((a, b) => b.score - a.score || a.other - b.other).slice(0, kept)
}

/** The number of characters, the characters, then for each its look-alikes: number and likeness (0 to 255) of each. */
function write(all) {
  const bytes = Buffer.alloc(2 + characters.length * 2 + all.length * kept * 3)
  let at = bytes.writeUInt16LE(characters.length, 0)
  for (const char of characters) at = bytes.writeUInt16LE(char.charCodeAt(0), at)
  for (const row of all) for (const { other } of row) at = bytes.writeUInt16LE(other, at)
  for (const row of all) for (const { score } of row) at = bytes.writeUInt8(Math.round(score * 255), at)
  const packed = brotliCompressSync(bytes)
  writeFileSync(new URL('../data/zh-look-alikes.bin.br', import.meta.url), packed)
  console.log(`${characters.length} characters, packed ${packed.length}`)
  for (const char of '县未入千农己')
    console.log(
      char,
      all[characters.indexOf(char)]
        .slice(0, 10)
        .map(({ other }) => characters[other])
        .join('')
    )
}
