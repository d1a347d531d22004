/** The commonest words of English and German: what a misread word usually was meant to be. */
export const commonWords: ReadonlySet<string> = new Set(
  `the of and to in a that was is he for it with as his on be at by had not are but from or have an they which one you were all her she there
would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may
first then do any like my now over such our man me even most made after also did many off before must well back through years much where your way
down should because long each just state those people too mr mrs dr st how little good world make very year still see work life being under last own
same both day here get without during left right while upon house against part great city place old men never came again found every however day
between another government public company council court street night morning evening week month present following held given having took committee
meeting president general officers society church school police land water railway station town road king queen lord sir lady members hon chairman
der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass daß sie nach wird bei einer um am
sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei worden hatte kann gegen vom wenn unter
welche diese dieser dieses jedoch seine seiner ihre ihrer wir ihm ihn uns herr stadt uhr jahr jahre tage`
    .split(/\s+/)
    .filter((word) => word !== '')
)

let near: ReadonlySet<string> | undefined

/** Whether a lower-case word is none of the common ones, but would be with one letter changed. */
export function isNearCommon(word: string): boolean {
  if (word.length < 2 || word.length > 10 || commonWords.has(word)) return false
  near ??= new Set([...commonWords].filter((common) => common.length >= 2).flatMap(patterns))
  return patterns(word).some((pattern) => near!.has(pattern))
}

/** A word with each of its letters left open in turn: equal patterns are one letter apart. */
function patterns(word: string): string[] {
  return Array.from(word, (_, at) => `${word.slice(0, at)}?${word.slice(at + 1)}`)
}
