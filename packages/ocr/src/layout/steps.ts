/** Sum of the squares of the steps from one count to the next: large where counts rise and fall at once, as rows of type do (Postl 1986). */
export function stepsIn(counts: Int32Array, length: number): number {
  let sum = 0
  let before = counts[0]!
  for (let i = 1; i < length; i++) {
    const count = counts[i]!
    sum += (count - before) * (count - before)
    before = count
  }
  return sum
}
