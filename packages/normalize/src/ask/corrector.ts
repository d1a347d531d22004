/**
 * Something outside that can be asked what was printed at a damaged place: a language model behind a chat address, a masked model on this
 * machine, a person at a terminal. What it says is checked for invention and becomes a proposal, never more.
 */
export interface Corrector {
  /** Name and version of the model, as it goes into the record. */
  readonly name: string
  /**
   * What it takes the place to have been, in its own words; the empty text where it does not know.
   *
   * @throws Error when it cannot be reached, or does not answer in time.
   */
  correct(question: Question): Promise<string>
}

/** A damaged place and the text about it, as cleaned so far. */
export interface Question {
  /** At most `contextLength` characters of the same block. */
  readonly before: string
  /** What was read, and is doubted. */
  readonly place: string
  /** At most `contextLength` characters of the same block. */
  readonly after: string
}

/** What a model said to a question, word for word. Recorded, so that the same page gives the same text without asking again. */
export interface Answer extends Question {
  readonly text: string
  readonly model: string
}

/** The same question, the same key. */
export function questionKey({ before, place, after }: Question): string {
  return JSON.stringify([before, place, after])
}
