import { expect, test } from 'vitest'
import { memoize } from '../src/memoize.ts'

test('works a value out once an object, undefined too', () => {
  const asked: string[] = []
  const longest = memoize((words: readonly string[]): string | undefined => {
    asked.push(words.join(' '))
    return words.find((word) => word.length > 3)
  })
  const [none, some] = [
    ['a', 'b'],
    ['a', 'long', 'word']
  ]
  expect([longest(none), longest(some), longest(none), longest(some), longest(['a', 'b'])]).toEqual([
    undefined,
    'long',
    undefined,
    'long',
    undefined
  ])
  expect(asked).toEqual(['a b', 'a long word', 'a b'])
})
