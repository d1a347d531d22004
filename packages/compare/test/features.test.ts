import { describe, expect, it } from 'vitest'
import { wordVectors } from '../src/features.ts'

/** The first feature of a word: a letter and a figure side by side. */
const mixes = (word: string): number => wordVectors(word, new Map())[0]!.vector[0]!

describe('wordVectors', () => {
  it('finds nothing odd in ordinals and in a letter behind a number', () => {
    expect(['20th', '1st', '22nd', '3rd', '4a'].map(mixes)).toEqual([0, 0, 0, 0, 0])
  })

  it('finds figures among letters odd', () => {
    expect(['t0wn', '18th0', 'l8ke', '20tb'].map(mixes)).toEqual([1, 1, 1, 1])
  })
})
