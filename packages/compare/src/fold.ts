/** Differences that a figure may leave out of account. Whoever publishes a figure says which. */
export interface Folding {
  /** Full-width letters, digits and marks, and the marks 、。「」 and the like, count as their half-width forms. */
  readonly width?: boolean
  /** Forms of one character: quotation marks, dashes, ellipses, ligatures, long s, Kangxi radicals, compatibility ideographs. */
  readonly variants?: boolean
  /** `collapse`: a run of blanks and line ends is one blank, and none beside a Han character. `drop`: no blanks at all. Default `keep`. */
  readonly spaces?: 'keep' | 'collapse' | 'drop'
}

const widths: readonly (readonly [RegExp, string | ((match: string) => string)])[] = [
  [/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)],
  [/\u3000/g, ' '],
  [/。/g, '.'],
  [/、/g, ','],
  [/[「」『』]/g, '"']
]

const variants: readonly (readonly [RegExp, string | ((match: string) => string)])[] = [
  [/[“”„‟«»〝〞＂]/g, '"'],
  [/[‘’‚‛′＇]/g, "'"],
  [/[‐‑‒–—―−－─]+/g, '-'],
  [/…+|⋯+|\.{3,}/g, '…'],
  [/[·•・‧∙]/g, '·'],
  [/ſ/g, 's'],
  [/[\ufb00-\ufb06\u2e80-\u2fd5\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu, (char) => char.normalize('NFKC')]
]

const solid = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uff5e]'
const beside = new RegExp(`(?<=${solid}) | (?=${solid})`, 'gu')

/** A text with the differences of `folding` taken away. */
export function fold(text: string, folding: Folding): string {
  let folded = text
  if (folding.spaces === 'drop') folded = folded.replace(/\s/g, '')
  else if (folding.spaces === 'collapse') folded = folded.replace(/\s+/g, ' ').trim().replace(beside, '')
  if (folding.variants) for (const [form, plain] of variants) folded = folded.replace(form, plain as string)
  if (folding.width) for (const [form, plain] of widths) folded = folded.replace(form, plain as string)
  return folded
}
