import { numbersOf, type OnnxNode, oneWholeAttribute, readOnnx, wholesAttribute, withFreeSides, writeOnnx } from './onnx.ts'

/**
 * The network was taught with lines 32, 48 and 64 pixels high (`MultiScaleSampler` in PaddleOCR's configuration of PP-OCRv4), but is
 * exported for 48 alone: at the end of its convolutions it takes the mean of three rows and two columns. Here it takes the mean of all
 * rows there are, which is the same for 48, and two thirds of the work for 32.
 *
 * @returns undefined for a model that is not built so
 */
export function takeAnyHeight(model: Uint8Array): Uint8Array | undefined {
  const { nodes } = readOnnx(model)
  const pools = nodes.filter(({ op }) => op === 'AveragePool')
  const [pool] = pools
  if (pools.length !== 1 || !isOfThreeRows(pool!)) return undefined
  return withFreeSides(
    writeOnnx(
      model,
      nodes.flatMap((node) => (node === pool ? meanOfAllRows(node) : [node])),
      new Map()
    )
  )
}

function isOfThreeRows(pool: OnnxNode): boolean {
  const is = (name: string, expected: string): boolean => numbersOf(pool, name).join() === expected
  return is('kernel_shape', '3,2') && is('strides', '3,2') && numbersOf(pool, 'pads').every((pad) => pad === 0)
}

function meanOfAllRows({ inputs, outputs }: OnnxNode): OnnxNode[] {
  const row = `${outputs[0]!}/row`
  const pair = wholesAttribute('kernel_shape', [1, 2])
  return [
    { op: 'ReduceMean', inputs, outputs: [row], attributes: [wholesAttribute('axes', [2]), oneWholeAttribute('keepdims', 1)] },
    { op: 'AveragePool', inputs: [row], outputs, attributes: [pair, wholesAttribute('strides', [1, 2])] }
  ]
}
