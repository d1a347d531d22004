import {
  floatAttribute,
  numbersOf,
  type OnnxGraph,
  type OnnxNode,
  oneWholeAttribute,
  readOnnx,
  type Weights,
  wholesAttribute,
  writeOnnx
} from './onnx.ts'

/**
 * PP-OCRv4 comes with every activation written out as eight passes over the data, and ONNX Runtime, which could do them while it
 * still holds what a convolution gives, does not see that they are one. The same network with them put together:
 *
 *     conv → ·a → +b → ┬ +3 → clip 0…6 ┬ · → ÷6 → ·s → +t → conv
 *                      └───────────────┘
 *     conv′ ────────→ hard swish ────────────────────────→ conv′
 *
 * `a` and `b` go into the weights before, `s` and `t` into those behind. Where the next convolution pads with noughts, `t` may not move
 * past it and is added by a 1 × 1 convolution, which keeps the data as ONNX Runtime lays them out. Sums are taken in another order: the
 * last digits differ (by less than 10⁻⁵ of a probability), and the time is two thirds.
 *
 * A model without such activations is given back as it came.
 */
export function foldActivations(model: Uint8Array): Uint8Array {
  const graph = readOnnx(model)
  const users = usersOf(graph)
  const blocks = new Map(
    graph.nodes.flatMap((node) => {
      const block = blockAt(node, graph, users)
      return block ? [[node, block] as const] : []
    })
  )
  if (blocks.size === 0) return model
  const dropped = new Set([...blocks.values()].flatMap(({ steps }) => steps))
  const behind = ({ output }: Block): OnnxNode | undefined => {
    const next = users.get(output) ?? []
    return next.length === 1 && blocks.has(next[0]!) ? next[0] : undefined
  }
  const weights = new Map<string, Weights>()
  const moved = new Map<string, Affine>()
  const nodes: OnnxNode[] = []
  for (const node of graph.nodes) {
    const block = blocks.get(node)
    if (block) nodes.push(...foldBlock(block, behind(block), graph, moved, weights))
    else if (!dropped.has(node)) nodes.push(node)
  }
  const read = new Set(nodes.flatMap(({ inputs }) => inputs))
  return writeOnnx(
    model,
    nodes.filter((node) => node.op !== 'Constant' || read.has(node.outputs[0]!)),
    weights
  )
}

/** `scale · x + shift`. */
interface Affine {
  readonly scale: number
  readonly shift: number
}

interface Block {
  readonly conv: OnnxNode
  /** The eight steps behind the convolution. */
  readonly steps: readonly OnnxNode[]
  readonly before: Affine
  readonly after: Affine
  /** Name of what the block gives. */
  readonly output: string
}

type Users = ReadonlyMap<string, readonly OnnxNode[]>

function usersOf({ nodes }: OnnxGraph): Users {
  const users = new Map<string, OnnxNode[]>()
  for (const node of nodes) for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node])
  return users
}

function blockAt(conv: OnnxNode, graph: OnnxGraph, users: Users): Block | undefined {
  if (conv.op !== 'Conv' || !conv.inputs.slice(1).every((name) => graph.weights.has(name)) || conv.inputs.length !== 3) return undefined
  const only = (node: OnnxNode | undefined, op: string): OnnxNode | undefined => {
    const next = node ? (users.get(node.outputs[0]!) ?? []) : []
    return next.length === 1 && next[0]!.op === op ? next[0] : undefined
  }
  const number = (node: OnnxNode | undefined): number | undefined => {
    const values = node?.inputs.map((name) => graph.weights.get(name)?.values).find((value) => value !== undefined)
    return values?.length === 1 ? values[0] : undefined
  }
  const scaled = only(conv, 'Mul')
  const shifted = only(scaled, 'Add')
  const two = shifted ? (users.get(shifted.outputs[0]!) ?? []) : []
  const lifted = two.find(({ op }) => op === 'Add')
  const clipped = only(lifted, 'Clip')
  const gated = only(clipped, 'Mul')
  const divided = only(gated, 'Div')
  const scaledAgain = only(divided, 'Mul')
  const shiftedAgain = only(scaledAgain, 'Add')
  const steps = [scaled, shifted, lifted, clipped, gated, divided, scaledAgain, shiftedAgain]
  const [a, b, s, t] = [scaled, shifted, scaledAgain, shiftedAgain].map(number)
  if (!steps.every((step) => step !== undefined) || two.length !== 2 || !two.includes(gated!)) return undefined
  if (a === undefined || b === undefined || !s || t === undefined || number(lifted) !== 3 || number(divided) !== 6) return undefined
  if (numbersOf(clipped!, 'min')[0] !== 0 || numbersOf(clipped!, 'max')[0] !== 6) return undefined
  return { conv, steps, before: { scale: a, shift: b }, after: { scale: s, shift: t }, output: shiftedAgain!.outputs[0]! }
}

/**
 * The nodes that do what the block does. What they leave for the next convolution to do is noted in `moved`.
 *
 * @param next the convolution behind, where it is the only one and is folded too
 */
function foldBlock(
  block: Block,
  next: OnnxNode | undefined,
  graph: OnnxGraph,
  moved: Map<string, Affine>,
  weights: Map<string, Weights>
): OnnxNode[] {
  const { conv, output, after } = block
  const name = conv.outputs[0]!
  const [kernel, bias] = conv.inputs.slice(1).map((each) => graph.weights.get(each)!) as [Weights, Weights]
  const folded = foldWeights(kernel, bias, moved.get(conv.inputs[0]!) ?? identity, block.before)
  weights.set(`${name}/kernel`, folded.kernel)
  weights.set(`${name}/bias`, folded.bias)
  const swish = (result: string): OnnxNode[] => [
    { ...conv, inputs: [conv.inputs[0]!, `${name}/kernel`, `${name}/bias`] },
    {
      op: 'HardSigmoid',
      inputs: [name],
      outputs: [`${name}/gate`],
      attributes: [floatAttribute('alpha', 1 / 6), floatAttribute('beta', 0.5)]
    },
    { op: 'Mul', inputs: [name, `${name}/gate`], outputs: [result], attributes: [] }
  ]
  if (next && numbersOf(next, 'pads').every((pad) => pad === 0)) {
    moved.set(output, after)
    return swish(output)
  }
  if (next) moved.set(output, { scale: after.scale, shift: 0 })
  const { scale, shift } = next ? { scale: 1, shift: after.shift / after.scale } : after
  const channels = kernel.shape[0]!
  weights.set(`${name}/scale`, { shape: [channels, 1, 1, 1], values: new Float32Array(channels).fill(scale) })
  weights.set(`${name}/shift`, { shape: [channels], values: new Float32Array(channels).fill(shift) })
  return [...swish(`${name}/swish`), eachChannel(channels, `${name}/swish`, `${name}/scale`, `${name}/shift`, output)]
}

const identity: Affine = { scale: 1, shift: 0 }

/** Weights of a convolution that is given `x` for `input(x)` and gives `output(y)` for `y`. */
function foldWeights(kernel: Weights, bias: Weights, input: Affine, output: Affine): { kernel: Weights; bias: Weights } {
  const size = kernel.values.length / kernel.shape[0]!
  const values = kernel.values.map((value) => value * input.scale * output.scale)
  const shifts = bias.values.map((value, channel) => {
    const sum = kernel.values.subarray(channel * size, (channel + 1) * size).reduce((total, weight) => total + weight, 0)
    return (value + input.shift * sum) * output.scale + output.shift
  })
  return { kernel: { shape: kernel.shape, values }, bias: { shape: bias.shape, values: shifts } }
}

/** `scale · x + shift`, as a convolution of every channel with itself. */
function eachChannel(channels: number, input: string, scale: string, shift: string, output: string): OnnxNode {
  const attributes = [oneWholeAttribute('group', channels), wholesAttribute('kernel_shape', [1, 1])]
  return { op: 'Conv', inputs: [input, scale, shift], outputs: [output], attributes }
}
