import { ZipFile } from 'yazl'
import type { OutputFile } from '../output-file.ts'

/**
 * An EPUB container (OCF 3.3): `mimetype` first. Everything is stored, not deflated: another release of zlib packs the same
 * text into other bytes. All files carry 1 January 1980, the first day a zip knows.
 */
export async function zipEpub(files: readonly OutputFile[]): Promise<Uint8Array> {
  const zip = new ZipFile()
  // From local parts: a zip's time has no zone.
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true }
  zip.addBuffer(Buffer.from('application/epub+zip'), 'mimetype', options)
  for (const file of files) zip.addBuffer(Buffer.from(file.content as Uint8Array), file.path, options)
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
