import { describe, expect, it } from 'vitest'
import { decodeCtc, likeliestIn } from '../../../src/engines/paddle/ctc.ts'

const characters = ['', '橋', '石', ' ']

/** A row of probabilities a step: of nothing, 橋, 石 and a blank. */
function output(rows: readonly (readonly number[])[]): { steps: number; classes: number; values: Float32Array } {
  return { steps: rows.length, classes: 4, values: Float32Array.from(rows.flat()) }
}

describe('decodeCtc', () => {
  it('takes a run once and keeps what else it may be', () => {
    const [peak, ...rest] = decodeCtc(
      output([
        [0.1, 0.8, 0.1, 0],
        [0.05, 0.9, 0.05, 0],
        [1, 0, 0, 0]
      ]),
      characters
    )
    expect(rest).toEqual([])
    expect(peak).toMatchObject({ text: '橋', firstStep: 0, lastStep: 1 })
    expect(peak!.variants.map(({ text }) => text)).toEqual(['石'])
  })
})

describe('the best of a step', () => {
  it.each([
    [[0.3, 0.3, 0.4, 0], '石'],
    [[0.05, 0.9, 0.05, 0], '橋'],
    [[0.5, 0, 0.5, 0], ''],
    [[0.2, 0.25, 0.55, 0], '石']
  ])('of %j: %s', (row, expected) => {
    expect(
      decodeCtc(output([row]), characters)
        .map(({ text }) => text)
        .join('')
    ).toBe(expected)
  })
})

describe('likeliestIn', () => {
  const passedOver = output([
    [0.9, 0.02, 0.08, 0],
    [0.6, 0.3, 0.1, 0],
    [0.55, 0, 0, 0.45],
    [0.99, 0.005, 0.005, 0]
  ])

  it('names the character a stretch looks most like where the network settled for none', () => {
    expect(decodeCtc(passedOver, characters)).toEqual([])
    const peak = likeliestIn(passedOver, characters, { firstStep: 0, lastStep: 2 })!
    expect(peak.text).toBe('橋')
    expect(peak.confidence).toBeCloseTo(0.3)
    expect(peak.variants.map(({ text }) => text)).toEqual(['石'])
    expect([peak.firstStep, peak.lastStep]).toEqual([0, 2])
  })

  it('is none where nothing comes to mind, and blanks are nothing', () => {
    expect(likeliestIn(passedOver, characters, { firstStep: 3, lastStep: 9 })).toBeUndefined()
    expect(likeliestIn(output([[0.5, 0, 0, 0.5]]), characters, { firstStep: 0, lastStep: 0 })).toBeUndefined()
  })

  it('names a mark where only a mark has room', () => {
    const found = output([[0.6, 0.3, 0.1, 0]])
    expect(likeliestIn(found, ['', '橋', '，', ' '], { firstStep: 0, lastStep: 0, mark: true })!.text).toBe('，')
    expect(likeliestIn(found, characters, { firstStep: 0, lastStep: 0, mark: true })).toBeUndefined()
  })
})
