/** Han of the basic plane, and 〇 々: enough for rules that look at one UTF-16 unit. */
export function isHanAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    code === 0x3007 ||
    code === 0x3005
  )
}

const fullMarks = new Set('，。、；：！？（）《》〈〉“”‘’「」『』【】〔〕…—·～')

/** A Chinese mark, full width by its nature. */
export function isChineseMark(char: string): boolean {
  return fullMarks.has(char)
}

/** Whether a Chinese character or mark stands at `at`. */
export function isSolidAt(text: string, at: number): boolean {
  return isHanAt(text, at) || fullMarks.has(text[at] ?? '')
}

export function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0x30 && code <= 0x39
}

export function isLatinAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 0x20
  return code >= 0x61 && code <= 0x7a
}

export const openingMarks = '“‘「『（《〈【〔('
export const closingMarks = '”’」』）》〉】〕)'

/** Ends like a sentence: a final mark (dots that stand for …), and whatever closes behind it. */
export function endsSentence(text: string): boolean {
  let at = text.length - 1
  while (at >= 0 && (`${closingMarks}"' `.includes(text[at]!) || isReferenceAt(text, at))) at--
  return at >= 0 && ('。！？…!?'.includes(text[at]!) || /[·・.．]{2}$/.test(text.slice(Math.max(0, at - 1), at + 1)))
}

/** A footnote's number in a ring does not make a sentence unfinished. */
function isReferenceAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0x2460 && code <= 0x2473
}

/** How many em a text fills: figures and Latin letters half of one each. */
export function emsOf(text: string): number {
  let ems = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0xdc00 && code <= 0xdfff) continue
    ems += isDigitAt(text, at) || isLatinAt(text, at) || code === 0x2e || code === 0x25 || code === 0x2b || code === 0x26 ? 0.5 : 1
  }
  return ems
}

/** Han characters of a text. */
export function countHan(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) if (isHanAt(text, at)) count++
  return count
}

/** Parts of characters that are no characters in running text. */
export const barePart: RegExp =
  /[亻冫刂勹匚匸凵冂冖卩厶夂夊宀屮巛廴廾彐彑彡彳忄扌攴攵氵灬爫爿疒癶礻禸糸纟罒罓耂肀艹虍衤覀訁讠豸辶钅镸阝隹飠饣髟囗亠丨丶丿乀乁乚亅]/gu
