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

/** Short words that are common enough to be right, but not so common that what is one letter away was probably meant to be them. */
const knownWords: ReadonlySet<string> = new Set(
  `go put per sum art oh ah us ye ago air all arm ask bad bar bay bed big bit box boy buy car cut dog due dry ear eat eye far few fit fly gas gave
get got gun ham hat hen hot ice ill job joy key kind law lay led leg let lie lot low map mill mix nor oil owe pay pen pig pit port post ran read red
rev rich ride rose run sat sea see set sex sir sit six sky son sun tax tea ten tie tin tip toe ton top try two van via vol war wet why win won yet
able also army away baby back bank bear boat body book born both call came care case cast cent club coal coat cold come cost dead deal dear deep door
down each east else ever face fact fair fall farm fast feel feet felt fill find fine fire five foot form four free from full gain game gold gone hall
hand hard head hear heat held help high hill hold home hope hour idea inch iron join keep kept kept knew know lack lake land late lead less life line
list live load look lord lose loss lost love main make mark meat mile mind mine miss move name near need news nine none north note once open pair park
part pass past plan play poor race rail rain rate rest ring rise risk road roll room rule safe sail sale salt save seat seen self sell send sent ship
shop side sign size sold soon sort south step stop such sure take talk tell term test text than thus till told took tour tree true turn unit used vote
wait walk wall want warm wash wear week went west wide wife wind wine wish wool word wore yard
da so ob ab wo nun wer neu ja je du ich mir dir mich dich euch was wen wem wes ihr ihres gar gut all alle allen aller alles art arm bad ball band bank
bat bau bei bald berg bis blatt blut bot brief buch bund dann darf den denn doch dort drei eben eher ehe eid eis end ende erde erst etwa fall fand fast
feld fest feuer form frau frei fünf fürst fuß gab gang ganz garten geben geht geist geld gern gibt ging glas gold gott graf groß grund guten halb half
hand haupt haus heer heil heim her herz heute hier hin hof hoch hohe holz ins jene jener jenes kaiser kam kein keine klein könig kraft kurz lage land
lang lassen last laut leben leicht letzte licht lieb ließ mag mal mann markt mehr meine mein mit monat morgen mund muß müssen mutter nahe name namen
neben neue neuen neun nie noch not nun ober offen ohne ort paar park platz post prinz punkt rat recht rede reich reise rest rief ruf ruhe saal sache
sagen sagt sah sand schon sehr seit selbst setzt sicht sieg sohn sollen soll sollte sonst spiel staat stand stark statt steht stein stelle still stück
tag tat teil thor thun tisch tod ton tor treu tun um unser unsere vater viel viele vier volk voll wald wagen wahl wahr wand war ware waren warum wasser
weg weil weit welt wenig wer werk wert will wind wohl wollen wort zahl zehn zeit zu zug zwar zwei zwischen`.split(/\s+/)
)

/** Whether a lower-case word is among the commonest or at least an ordinary one. */
export function isKnownWord(word: string): boolean {
  return commonWords.has(word) || knownWords.has(word)
}

let near: ReadonlySet<string> | undefined

/** Whether a lower-case word is none of the common ones, but would be with one letter changed. */
export function isNearCommon(word: string): boolean {
  if (word.length < 2 || word.length > 10 || isKnownWord(word)) return false
  near ??= new Set([...commonWords].filter((common) => common.length >= 2).flatMap(patterns))
  return patterns(word).some((pattern) => near!.has(pattern))
}

/** A word with each of its letters left open in turn: equal patterns are one letter apart. */
function patterns(word: string): string[] {
  return Array.from(word, (_, at) => `${word.slice(0, at)}?${word.slice(at + 1)}`)
}
