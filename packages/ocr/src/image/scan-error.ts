/** A scan that cannot be read: one clear line that says what is wrong and what to do. */
export class ScanError extends Error {
  override readonly name = 'ScanError'
}
