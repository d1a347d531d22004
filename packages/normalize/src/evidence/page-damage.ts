import type { Suspect } from './misreading.ts'

/** What a page shows of how well it was read, besides its suspects. */
export interface PageSigns {
  /** Characters of running text. */
  readonly characters: number
  /** What a symbol of it costs on average, in bits. */
  readonly bits: number
  /** Changes that put, or propose, a look-alike. */
  readonly lookAlikes: number
  /** Bare parts of characters, characters read as two, runs read twice and the like. */
  readonly strays: number
  /** Quotes that do not come out even, final marks that are missing. */
  readonly marks: number
}

/** A suspect with what is known of its place. */
export interface PlacedSuspect extends Suspect {
  /** Offset of the joint of two columns that it stands at, if any: dirt and lost lines hide there. */
  readonly joint?: number
  /** How sure the engine was of it, 0 to 1; absent where it does not say. */
  readonly confidence?: number
}

/** Weights of a second logistic regression, on the same pages: what a suspect is worth on this page. */
const weights = {
  bias: 3.076,
  suspect: 0.738,
  joint: 1.541,
  lookAlikes: 0.255,
  strays: 0.055,
  marks: 0.653,
  density: -0.426,
  bits: 0.173,
  good: 1.175
}
/** From so many bits a symbol on, the model does not know the language of the page (traditional script, verse): it cannot tell what is damaged. */
const foreignFrom = 11
const foreignness = 3
/** From so many bits saved on, a look-alike speaks for misreading. */
const strongLookAlike = 10
const good = 2

/**
 * How probable it is that each suspect of a page is damaged. Coined words and names look like damage; pages that were badly read show it by
 * more than their suspects: characters with a better look-alike, stray parts, quotes that lost one of their marks. Few suspects say little, so
 * all shares are taken with some sound ones added. Where the engine says how sure it was, that counts most.
 */
export function probabilitiesOf(suspects: readonly PlacedSuspect[], signs: PageSigns): number[] {
  const page = logitOfPage(suspects, signs)
  return suspects.map((suspect) => {
    const byText = page + weights.suspect * suspect.logit + (suspect.joint === undefined ? 0 : weights.joint)
    return sigmoid(suspect.confidence === undefined ? byText : withConfidence(byText, suspect.confidence))
  })
}

function logitOfPage(suspects: readonly Suspect[], { characters, bits, lookAlikes, strays, marks }: PageSigns): number {
  const count = suspects.length
  const strong = suspects.filter(({ lookAlike }) => lookAlike >= strongLookAlike).length
  const goodOnes = suspects.reduce((sum, { logit }) => sum + sigmoid(logit - good), 0)
  return (
    weights.bias +
    weights.lookAlikes * Math.log((strong + lookAlikes + 0.6) / (count + 20)) +
    weights.strays * Math.log((strays + 0.3) / (count + 20)) +
    weights.marks * Math.log((marks + 0.5) / (characters / 100 + 5)) +
    weights.density * Math.log((count + 3) / (characters + 60)) +
    weights.bits * bits -
    foreignness * Math.max(0, bits - foreignFrom) +
    weights.good * Math.log((goodOnes + 0.1) / (count + 10))
  )
}

/** Fitted on scans read by the engine that comes with this project; of suspects it was 70 % sure of at most, six in seven are misread. */
function withConfidence(byText: number, confidence: number): number {
  return 1.413 + 0.437 * byText + 0.472 * Math.log(1 - Math.min(confidence, 0.9999))
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))
