import { setImmediate } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import type { OutputFile } from '../output-file.ts'

/**
 * An EPUB container (OCF 3.3): `mimetype` first. Everything is stored, not deflated: another release of zlib packs the same
 * text into other bytes. All files carry 1 January 1980, the first day a zip knows. Files are taken one by one, as the
 * container is read. (Added as buffers, not as streams: a stored stream has its length behind it, where some readers of
 * EPUB do not look. So yazl keeps their bytes to the end: a tenth of what the issue itself takes.)
 */
export async function* zipEpub(files: Iterable<OutputFile>): AsyncGenerator<Uint8Array, void, undefined> {
  const zip = new ZipFile()
  // From local parts: a zip's time has no zone.
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true }
  zip.addBuffer(Buffer.from('application/epub+zip'), 'mimetype', options)
  for (const file of files) {
    zip.addBuffer(typeof file.content === 'string' ? Buffer.from(file.content) : Buffer.from(file.content), file.path, options)
    // yazl takes the next file in the next turn of the event loop.
    await setImmediate()
    for (let chunk = zip.outputStream.read(); chunk !== null; chunk = zip.outputStream.read()) yield chunk as Buffer
  }
  zip.end()
  for await (const chunk of zip.outputStream) yield chunk as Buffer
}
