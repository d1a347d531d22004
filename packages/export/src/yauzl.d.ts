// yauzl brings no types: the part of it that is used here.
declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export interface Entry {
    readonly fileName: string
    readonly compressedSize: number
    readonly uncompressedSize: number
    readonly compressionMethod: number
    readonly crc32: number
    readonly externalFileAttributes: number
    readonly generalPurposeBitFlag: number
  }
  export interface Options {
    readonly lazyEntries?: boolean
    readonly autoClose?: boolean
    readonly decodeStrings?: boolean
    readonly validateEntrySizes?: boolean
    readonly strictFileNames?: boolean
  }
  export interface ZipFile {
    readonly entryCount: number
    readEntry(): void
    openReadStream(entry: Entry, done: (error: Error | null, stream?: Readable) => void): void
    close(): void
    on(event: 'entry', listener: (entry: Entry) => void): this
    on(event: 'end' | 'close', listener: () => void): this
    on(event: 'error', listener: (error: Error) => void): this
  }
  type Done = (error: Error | null, zip?: ZipFile) => void
  export function open(path: string, options: Options, done: Done): void
  export function fromBuffer(bytes: Uint8Array, options: Options, done: Done): void
  export function fromFd(fd: number, options: Options, done: Done): void
}
