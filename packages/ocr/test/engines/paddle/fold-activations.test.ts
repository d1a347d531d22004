import { describe, expect, test } from 'vitest'
import { foldActivations } from '../../../src/engines/paddle/fold-activations.ts'
import { readPaddleModel } from '../../../src/engines/paddle/model.ts'
import { readOnnx } from '../../../src/engines/paddle/onnx.ts'
import { inputHeight, loadRecognizer } from '../../../src/engines/paddle/runtime.ts'

/** Bars of many widths, as high as the picture. */
function bars(width: number): Float32Array {
  const plane = Float32Array.from({ length: inputHeight * width }, (_, at) =>
    Math.floor((at % width) / (3 + (at % 7))) % 2 === 0 ? 1 : -1
  )
  return Float32Array.from({ length: 3 * plane.length }, (_, at) => plane[at % plane.length]!)
}

describe('foldActivations', () => {
  test('gives the same answers from a third of the passes', { timeout: 60_000 }, async () => {
    const { onnx } = await readPaddleModel()
    const folded = foldActivations(onnx)
    const count = (model: Uint8Array, op: string): number => readOnnx(model).nodes.filter((node) => node.op === op).length
    expect([count(onnx, 'Clip'), count(folded, 'Clip')]).toEqual([28, 0])
    expect([count(onnx, 'Div'), count(folded, 'Div')]).toEqual([33, 5])
    const answers: Float32Array[] = []
    for (const model of [onnx, folded]) {
      const recognizer = await loadRecognizer(model, { threads: 1 })
      answers.push((await recognizer.run(bars(160), 160)).values)
      await recognizer.close()
    }
    const [before, after] = answers as [Float32Array, Float32Array]
    const furthest = before.reduce((most, value, at) => Math.max(most, Math.abs(value - after[at]!)), 0)
    expect(after).toHaveLength(before.length)
    expect(furthest).toBeLessThan(1e-4)
  })

  test('folds nothing twice, and leaves a model without such activations as it is', async () => {
    const folded = foldActivations((await readPaddleModel()).onnx)
    expect(foldActivations(folded)).toBe(folded)
  })

  test('says what it expected of bytes that are no model', () => {
    expect(() => foldActivations(new Uint8Array([0x3a, 0x05, 1]))).toThrow(/Expected/)
    expect(() => foldActivations(new TextEncoder().encode('not a model'))).toThrow(/Expected/)
  })
})
