import { expect, test } from 'vitest'
import { takeAnyHeight } from '../../../src/engines/paddle/any-height.ts'
import { readPaddleModel } from '../../../src/engines/paddle/model.ts'
import { loadRecognizer, type StepProbabilities } from '../../../src/engines/paddle/runtime.ts'

/** Bars of many widths, as high as the picture. */
function bars(width: number, height: number): Float32Array {
  return Float32Array.from({ length: 3 * height * width }, (_, at) => (Math.floor((at % width) / (3 + (at % 7))) % 2 === 0 ? 1 : -1))
}

test('a model answers as before at 48, and takes 32 too', { timeout: 60_000 }, async () => {
  const { onnx } = await readPaddleModel()
  const free = takeAnyHeight(onnx)!
  const answer = async (model: Uint8Array, height: number): Promise<StepProbabilities> => {
    const recognizer = await loadRecognizer(model, { threads: 1 })
    const answer = await recognizer.run(bars(160, height), 160)
    await recognizer.close()
    return answer
  }
  const before = await answer(onnx, 48)
  const after = await answer(free, 48)
  const low = await answer(free, 32)
  expect(after.values).toHaveLength(before.values.length)
  expect(before.values.reduce((most, value, at) => Math.max(most, Math.abs(value - after.values[at]!)), 0)).toBeLessThan(1e-4)
  expect([low.steps, low.classes]).toEqual([before.steps, before.classes])
  expect(takeAnyHeight(free)).toBe(undefined)
})
