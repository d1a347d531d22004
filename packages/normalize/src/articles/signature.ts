import { splitRunOfNames, surnames } from './surnames.ts'

/** Who wrote a text, named behind its last sentence: `……今起开通。张珂 橘永杰`, `……殊難逆料。（壯士）`. */
export interface Signature {
  readonly names: readonly string[]
  /** Where it begins in the text. */
  readonly from: number
}

/** The end of a sentence, as it is printed in any time; 云 closes a report of the 1930s. */
const sentenceEnd = '[。！？…!?、』」”；云矣也焉耳]'
const bracketed = new RegExp(`${sentenceEnd}\\s{0,4}[（(]([\\p{Script=Han}]{1,4}|[A-Z])[）)]\\s*$`, 'u')
const bare = /[。！？…!?”」』]\s{0,4}([\p{Script=Han}]{1,9}(?:\s{1,6}[\p{Script=Han}]{1,4}){0,3})\s*$/u

/** Brackets at the end of a paragraph that point to something and sign nothing. */
const noSigner =
  /^(?:见?[上下左右]?[图表]|圖|下同|同上|略|左|右|中|[一二三四五六七八九十]+|待[续續]|[续續]?[未]?完|本.*|[大鼓]?笑声?|掌声|鼓掌|如?图|见.*)$/u

/** Whose text it is, when its last sentence is followed by names. Undefined when it is not signed. */
export function parseSignature(text: string): Signature | undefined {
  const start = Math.max(0, text.length - 48)
  const tail = text.slice(start)
  const inBrackets = bracketed.exec(tail)
  if (inBrackets && !noSigner.test(inBrackets[1]!))
    return { names: [inBrackets[1]!], from: start + tail.lastIndexOf(tail.match(/[（(][^（(]*$/)![0]) }
  const behind = bare.exec(tail)
  const names = behind ? namesIn(behind[1]!) : undefined
  return names ? { names, from: start + behind!.index + behind![0].indexOf(behind![1]!) } : undefined
}

/** Names with blanks between them or run together, each beginning with a family name; a word of two characters alone is none. */
export function namesIn(words: string): string[] | undefined {
  const names: string[] = []
  for (const word of joinSpaced(words.trim().split(/\s+/))) {
    const found = word.length > 3 ? splitRunOfNames(word) : surnames.includes(word[0]!) && word.length > 1 ? [word] : undefined
    if (!found) return undefined
    names.push(...found)
  }
  return names.length > 4 || (names.length === 1 && names[0]!.length < 3) ? undefined : names
}

/** 李 静 is one name. */
function joinSpaced(words: readonly string[]): string[] {
  const joined: string[] = []
  for (let index = 0; index < words.length; index++) {
    const isSpaced = words[index]!.length === 1 && words[index + 1]?.length === 1
    joined.push(isSpaced ? words[index]! + words[++index]! : words[index]!)
  }
  return joined
}

/** Whether a text has come to its end: it is signed, or says so. */
export function isFinished(text: string): boolean {
  return (
    /[（(](?:[续續]?完|未完|待[续續])[）)]\s*$/u.test(text.slice(-12)) ||
    /[（(][^（）()]{0,12}(?:记者|記者|通讯员|通訊員|摄|攝)[^（）()]{0,24}[）)]\s*$/u.test(text.slice(-44)) ||
    parseSignature(text) !== undefined
  )
}
