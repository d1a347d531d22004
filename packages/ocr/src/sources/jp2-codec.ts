import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What the codec makes of a file: samples interleaved, of more than 8 bits two bytes each. */
export interface Jp2Samples {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly bitsPerSample: number
  readonly componentCount: number
}

/**
 * Decodes a JPEG 2000 file by OpenJPEG's WebAssembly build, in a thread of its own: six bytes a pixel are the codec's while it works,
 * WebAssembly memory only grows, and in a thread that goes on it would stay until V8 next collects, beside all that reading the page takes.
 *
 * @throws Error when the file is damaged; its message is empty where the codec gives no reason.
 */
export function decodeInThread(bytes: Uint8Array): Promise<Jp2Samples> {
  const codec = createRequire(import.meta.url).resolve('@cornerstonejs/codec-openjpeg/decodewasmjs')
  return new Promise((resolve, reject) => {
    let answer: Jp2Samples | string | undefined
    const thread = new Worker(program, { eval: true, workerData: { bytes, codec } })
    thread.once('message', (message) => {
      answer = message
    })
    thread.once('error', reject)
    // Only then is its memory let go.
    thread.once('exit', () => (typeof answer === 'object' ? resolve(answer) : reject(new Error(answer))))
  })
}

/**
 * What the thread runs. No file of its own, since the sources are run as they are by tests and a thread takes JavaScript only. The codec
 * prints every tile unless told not to, and throws addresses of C++ exceptions, which say nothing.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const silent = { print() {}, printErr() {} }

async function decode({ bytes, codec }) {
  const { J2KDecoder } = await require(codec)(silent)
  const decoder = new J2KDecoder()
  decoder.getEncodedBuffer(bytes.length).set(bytes)
  decoder.decode()
  const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo()
  const found = decoder.getDecodedBuffer()
  const data = found.byteLength === found.buffer.byteLength ? found : found.slice()
  parentPort.postMessage({ data, width, height, bitsPerSample, componentCount }, [data.buffer])
}

decode(workerData).catch((error) => parentPort.postMessage(error instanceof Error ? error.message.split('\\n')[0] : ''))
`
