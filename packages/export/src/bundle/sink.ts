/** Where a bundle goes: a folder, a `.tar`, a `.zip`. Nothing is seen under its final name before `commit`. */
export interface BundleSink {
  /** Writes one file; `size` is what `content` will give. */
  readonly add: (path: string, size: number, content: AsyncIterable<Uint8Array>) => Promise<void>
  /** Makes the bundle durable and gives it its name. */
  readonly commit: () => Promise<void>
  /** Takes everything back. */
  readonly abort: () => Promise<void>
}
