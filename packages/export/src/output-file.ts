/** A file to be written: pure functions make them, the command line writes them. */
export interface OutputFile {
  /** Posix path relative to the folder, safe on every file system (see `slug`). */
  readonly path: string
  /** Text is written as UTF-8 without a byte order mark. */
  readonly content: string | Uint8Array
}

/** A file that comes piece by piece, since it may be larger than the memory. */
export interface OutputStream {
  readonly path: string
  /** Opens it; asked once. */
  readonly open: () => Iterable<string> | AsyncIterable<string | Uint8Array>
}
