import type { Recognizer } from './runtime.ts'

/** A picture the network is shown, in its own pixels, and why. */
export interface Shown {
  readonly why: 'first look' | 'whole line again' | 'doubtful' | 'lost figures'
  readonly width: number
  readonly height: number
}

/** Tells of every picture: for measuring. */
export interface Watched {
  readonly onLook?: (shown: Shown) => void
}

/** The same recogniser, saying why it is asked where somebody wants to know. */
export function because(recognizer: Recognizer & Watched, why: Shown['why']): Recognizer {
  const { onLook } = recognizer
  if (!onLook) return recognizer
  return {
    ...recognizer,
    run(input, width) {
      onLook({ why, width, height: input.length / (3 * width) })
      return recognizer.run(input, width)
    }
  }
}
