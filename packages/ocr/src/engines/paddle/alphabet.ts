import type { StepProbabilities } from './runtime.ts'
import { traditionalOf } from './traditional.ts'

/** What the output classes of a recogniser mean for a language. */
export interface Alphabet {
  /** Character of each class. */
  readonly characters: readonly string[]
  /** Classes that are the same character: the probability of the first is added to the second. */
  readonly merged: readonly (readonly [from: number, into: number])[]
}

/** 丶, a stroke that is no character of any text, is what the network sees in some commas of enumerations. */
const misnamed: ReadonlyMap<string, string> = new Map([['丶', '、']])

/** The writing of a page: simplified, traditional of any time, or traditional as a region's standard has it today. */
export type Script = 'simplified' | 'traditional' | 'standard traditional'

/**
 * Forms that are simplified characters today and were set in traditional type too before there were any: in 468,000 characters of a
 * newspaper of the 1920s 决 stands 225 times and 決 9 times, 却 189 times and 卻 twice. The network tells 却 够 帮 脚 from 卻 夠 幫 腳, of which
 * it makes nothing or another character (of 112 printed none was 却 or 够, five 帮 or 脚): they are kept as seen. 决 and 凉 it says for 決 and 涼
 * too (of 28 printed each, 21 and 28): they are kept but where a region's standard of today says what is printed. Not so 温 强 况 猪.
 */
const printedBefore: ReadonlySet<string> = new Set('决却够帮脚凉')
const notToldApart: ReadonlySet<string> = new Set('决凉')

function isKept(character: string, script: Script): boolean {
  return printedBefore.has(character) && !(script === 'standard traditional' && notToldApart.has(character))
}

/** Answers that are misnamed count as what they are; for traditional pages, those in simplified form as the traditional character they stand for. */
export function alphabetFor(characters: readonly string[], script: Script): Alphabet {
  const classOf = new Map(characters.map((character, index) => [character, index]))
  const merged: [number, number][] = []
  const renamed = characters.map((character, index) => {
    const full =
      misnamed.get(character) ?? (script !== 'simplified' && !isKept(character, script) ? traditionalOf.get(character) : undefined)
    if (full === undefined) return character
    const into = classOf.get(full)
    if (into !== undefined) merged.push([index, into])
    return full
  })
  return { characters: renamed, merged }
}

/** How a language is written, by its tag. */
export function scriptOf(language: string): Script {
  if (/^zh-(?:Hant-)?(?:TW|HK|MO)\b/i.test(language)) return 'standard traditional'
  return /^zh-Hant\b/i.test(language) ? 'traditional' : 'simplified'
}

/** Adds up the classes that are one character, where they stand: the answers to a line are a million numbers, and nobody else has them. */
export function mergeClasses(output: StepProbabilities, alphabet: Alphabet): StepProbabilities {
  const { values, classes } = output
  for (let start = 0; start < values.length; start += classes)
    for (const [from, into] of alphabet.merged) {
      values[start + into] = values[start + into]! + values[start + from]!
      values[start + from] = 0
    }
  return output
}
