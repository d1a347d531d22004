/** What a file is by its first bytes; its name is never asked. */
export type FileType =
  | 'empty'
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'tiff'
  | 'jp2'
  | 'pdf'
  | 'gif'
  | 'heif'
  | 'bmp'
  | 'svg'
  | 'zip'
  | 'text'
  | 'unknown'

const signatures: readonly (readonly [FileType, number, string])[] = [
  ['png', 0, '89504e470d0a1a0a'],
  ['jpeg', 0, 'ffd8ff'],
  ['tiff', 0, '49492a00'],
  ['tiff', 0, '4d4d002a'],
  ['tiff', 0, '49492b00'],
  ['tiff', 0, '4d4d002b'],
  ['webp', 8, '57454250'],
  ['jp2', 0, '0000000c6a5020200d0a870a'],
  ['jp2', 0, 'ff4fff51'],
  ['pdf', 0, '255044462d'],
  ['gif', 0, '47494638'],
  ['heif', 4, '66747970'],
  ['bmp', 0, '424d'],
  ['zip', 0, '504b0304']
]

/** Recognises a file by its content. A PDF may have up to 1,024 bytes before its signature, as readers allow. */
export function sniffType(bytes: Uint8Array): FileType {
  if (bytes.length === 0) return 'empty'
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1029))
  for (const [type, at, hex] of signatures) if (head.subarray(at, at + hex.length / 2).toString('hex') === hex) return type
  const text = head.toString('latin1')
  if (/<svg[\s>]/i.test(text)) return 'svg'
  if (text.includes('%PDF-')) return 'pdf'
  return head.includes(0) ? 'unknown' : 'text'
}
