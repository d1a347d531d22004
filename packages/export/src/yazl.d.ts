// yazl brings no types: the part of it that is used here.
declare module 'yazl' {
  import type { Readable } from 'node:stream'

  export interface EntryOptions {
    mtime?: Date
    mode?: number
    compress?: boolean
    compressionLevel?: number
    forceZip64Format?: boolean
    forceDosTimestamp?: boolean
    size?: number
  }
  export class ZipFile {
    readonly outputStream: Readable
    addBuffer(buffer: Uint8Array, path: string, options?: EntryOptions): void
    addReadStream(stream: Readable, path: string, options?: EntryOptions): void
    addReadStreamLazy(path: string, options: EntryOptions, open: (done: (error: Error | null, stream?: Readable) => void) => void): void
    addFile(file: string, path: string, options?: EntryOptions): void
    addEmptyDirectory(path: string, options?: EntryOptions): void
    end(options?: { forceZip64Format?: boolean; comment?: string | Uint8Array }): void
    on(event: 'error', listener: (error: Error) => void): this
  }
}
