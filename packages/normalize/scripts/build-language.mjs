// Builds the language data that the package carries, from a folder of official government reports and jieba's dictionary:
//
//   node packages/normalize/scripts/build-language.mjs <folder of .txt reports>
//
// Same input, same bytes. Only packed counts are kept, no text. Needs a built package (`npx tsc -b packages/normalize`).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { frequencyToByte, personKind, placeKind } from '../dist/language/dictionary.js'
import { packNgrams } from '../dist/language/ngram-model.js'
import { trainNgrams } from '../dist/language/train.js'
import { buildTrie, packTrie } from '../dist/language/trie.js'

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Expected a folder of reports (.txt) but received none')
/** Names of regions that jieba lists as other nouns. */
const places = new Set(['东盟', '中亚', '非洲', '欧盟', '阿拉伯', '拉美', '欧洲', '亚洲', '海湾', '中东欧', '加勒比'])

const data = new URL('../data/', import.meta.url)

const ngrams = packNgrams(trainNgrams(readParagraphs(folder), { keepFrom: 2 }))
write('zh-ngrams.bin', ngrams)
write('zh-words.bin', packWords())

/** Every line of a report is a paragraph; lines without a full stop or comma are headings and are left out. */
function readParagraphs(path) {
  return readdirSync(path)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => readFileSync(join(path, name), 'utf8').split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => /[\u4e00-\u9fff].*[。，]/.test(line))
}

function kindOf(word, tag = '') {
  if (tag === 'ns' || places.has(word)) return placeKind
  return tag.startsWith('nr') ? personKind : 0
}

function packWords() {
  const lines = readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt'), 'utf8').split('\n')
  const words = new Map()
  let total = 0
  for (const line of lines) {
    const [word, count, tag] = line.split(' ')
    if (!word || !(Number(count) > 0)) continue
    total += Number(count)
    if (/^[\u4e00-\u9fff]{1,7}$/.test(word) && (word.length === 1 || Number(count) >= 2))
      words.set(word, [frequencyToByte(Number(count)), kindOf(word, tag)])
  }
  const entries = [...words]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, values]) => ({ key: [...word].map((char) => char.charCodeAt(0)), values }))
  const trie = packTrie(buildTrie(entries, 7, 2))
  const bytes = new Uint8Array(4 + trie.length)
  new DataView(bytes.buffer).setUint32(0, total, true)
  bytes.set(trie, 4)
  console.log(`${entries.length} words`)
  return bytes
}

function write(name, bytes) {
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } })
  writeFileSync(new URL(`${name}.br`, data), packed)
  console.log(`${name}: ${bytes.length} bytes, packed ${packed.length}`)
}
