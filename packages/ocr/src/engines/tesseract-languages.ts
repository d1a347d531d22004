import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { sha256 } from './digest.ts'
import { EngineError } from './engine-error.ts'

/** One trained language of Tesseract (tessdata, Apache-2.0), as its npm package carries it. */
export interface TesseractLanguage {
  /** Tesseract's own name: `chi_sim`. */
  readonly code: string
  /** The folder that holds `<code>.traineddata.gz`. */
  readonly folder: string
  readonly sha256: string
}

/** Integer versions of the best LSTM models, in the npm packages `@tesseract.js-data/*` 1.0.0. */
const digests: Readonly<Record<string, string>> = {
  chi_sim: 'b8a23f10c7de500891eb458a8adc9cc58ab7f242f08b7d149f5e9aea4ad5db7c',
  chi_tra: '11fe2610dab05d8a880d02f193ce70203f4c4bbe061b987d5529a2c038a22743',
  chi_tra_vert: '19044982fdcfdc489a1ad30fca1b0a73d5acf782c9a0146e72d76fdbe7ad3442',
  deu: '306c4280d0cbed46fbff727486bd43b92730181bae80f56941a091f363bdf28b',
  eng: '45b4cb346724ac1774f1c36f42f182b887bcdb28ebe63e6fff90ac41f3fcff91',
  frk: '22186f9eae55cdc13846ea4d586f24f9fe64765c5400c41c2c46e55a8bb735be'
}

/** BCP 47 tag, longest match first, to Tesseract's code. `de-Latf` is German in black letter. */
const codes: Readonly<Record<string, string>> = {
  'zh-Hans': 'chi_sim',
  'zh-CN': 'chi_sim',
  'zh-SG': 'chi_sim',
  'zh-Hant': 'chi_tra',
  'zh-TW': 'chi_tra',
  'zh-HK': 'chi_tra',
  'zh-MO': 'chi_tra',
  zh: 'chi_sim',
  en: 'eng',
  'de-Latf': 'frk',
  de: 'deu'
}

export const tesseractLanguages: readonly string[] = ['zh-Hans', 'zh-Hant', 'en', 'de', 'de-Latf']

/** Tesseract's code of a BCP 47 tag. @throws EngineError when there is none. */
export function tesseractCode(language: string): string {
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const code = Object.entries(codes).find(([known]) => known.toLowerCase() === tag.toLowerCase())?.[1]
    if (code) return code
  }
  throw new EngineError(`Tesseract has no data for “${language}”: choose one of ${tesseractLanguages.join(', ')}`)
}

const known = new Map<string, Promise<TesseractLanguage>>()

/**
 * Finds the data of a language and checks it: tesseract.js never answers when the file is missing, and half a file kills the process.
 *
 * @throws EngineError when the file is missing or not the one we know.
 */
export function findTesseractLanguage(code: string): Promise<TesseractLanguage> {
  let found = known.get(code)
  if (!found) {
    found = checkLanguage(code)
    known.set(code, found)
    found.catch(() => known.delete(code))
  }
  return found
}

async function checkLanguage(code: string): Promise<TesseractLanguage> {
  const folder = packageFolder(code)
  const path = join(folder, `${code}.traineddata.gz`)
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch {
    throw new EngineError(`Tesseract's data for ${code} cannot be read at ${path}: install @tesseract.js-data/${code} again`)
  }
  const digest = sha256(bytes)
  if (digest !== digests[code])
    throw new EngineError(`Tesseract's data for ${code} is damaged (${path}, SHA-256 ${digest}): install @tesseract.js-data/${code} again`)
  return { code, folder, sha256: digest }
}

function packageFolder(code: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`@tesseract.js-data/${code}`)), '4.0.0_best_int')
  } catch {
    throw new EngineError(`Tesseract's data for ${code} is not installed: install @tesseract.js-data/${code}`)
  }
}

/** One digest over all data we know of, whether installed or not: part of the engine's fingerprint. */
export const tesseractDataDigest: string = sha256(JSON.stringify(digests))
