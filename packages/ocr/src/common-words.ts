/**
 * The commonest words of two letters and more: articles, pronouns, prepositions, conjunctions, forms of to be. In running text every
 * third word or so is one of them, in whatever is read of letters that stand on their head or lie on their side hardly any.
 */
const commonest: Readonly<Record<string, string>> = {
  en: 'the of and to in that is was for it with as his on be at by had not are but from or have an they which one you were all her she there would their we him been has when who will no more if out so what up said its about than into them can only other new some could these two may then do first any my now such like our over me even most made after also did many before must through where much your down should because those just how too very',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass daß sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich eines jahr zwei diese dieser wieder keine seiner worden will zwischen immer was sagte alle unsere welche welcher welches daher selbst seyn wurden',
  fr: 'de la le et les des en un du une que est pour qui dans il par plus pas au sur ne se ce il sont avec on aux son cette ou ses comme mais nous sa été fait tout ils elle lui dont leur bien deux même sans était ces entre après être où vous sous si ont cet peut',
  es: 'de la que el en los se del las un por con no una su para es al lo como más sus le ya este sí ha sobre pero entre fue está todo ser son dos también era muy hasta desde donde han',
  it: 'di che la il un per in una non del si da le con al della sono dei ha nel alla gli ma delle come lo dal più se anche era ed suo sua nella questo essere dalla stato degli fu',
  pt: 'de que do da em um para com não uma os no se na por mais as dos como mas foi ao ele das seu sua ou ser quando muito nos já também só pelo pela até isso era',
  nl: 'de van het een en in is dat op te zijn met voor niet aan er die als bij ook door om naar maar uit dan nog werd wordt tot over was hij heeft of kan meer hun deze wel had'
}

/** Words of text at least, of which a share can be told. */
const fewestWords = 20

/**
 * Which share of the words of what was read belong to the commonest of the language, 0 to 1. Undefined where the language is none of
 * those known, or where there are too few words to tell.
 */
export function commonWordShare(texts: readonly string[], language: string): number | undefined {
  const known = wordsOf(language)
  if (!known) return undefined
  const words = texts.flatMap(
    (text) =>
      text
        .toLowerCase()
        .replaceAll('ſ', 's')
        .match(/\p{L}{2,}/gu) ?? []
  )
  if (words.length < fewestWords) return undefined
  return words.filter((word) => known.has(word)).length / words.length
}

function wordsOf(language: string): ReadonlySet<string> | undefined {
  const words = commonest[language.split('-')[0]!.toLowerCase()]
  return words === undefined ? undefined : new Set(words.split(' '))
}
