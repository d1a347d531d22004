import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { createDictionary } from './dictionary.ts'
import type { Dictionary, LanguageModel } from './language-model.ts'
import { ngramModel, unpackNgrams } from './ngram-model.ts'
import { unpackTrie } from './trie.ts'

let model: LanguageModel | undefined

/**
 * The model that comes with the package: Chinese, character 4-grams of official government reports and jieba's dictionary
 * (`data/README.md` says from what and under which terms). Read from the package once, about 60 ms.
 */
export function loadLanguageModel(): LanguageModel {
  model ??= ngramModel('broadsheet-zh-reports-1', unpackNgrams(readData('zh-ngrams.bin')), loadDictionary())
  return model
}

function loadDictionary(): Dictionary {
  const bytes = readData('zh-words.bin')
  const total = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  return createDictionary(unpackTrie(bytes.subarray(4)), total)
}

/** A file of the package’s data, unpacked. */
export function readData(name: string): Uint8Array {
  return brotliDecompressSync(readFileSync(new URL(`../../data/${name}.br`, import.meta.url)))
}
