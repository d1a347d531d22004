import { type Field, float, nested, readFields, readVarint, text, textOf, whole, writeFields } from './protobuf.ts'

/** The parts of an ONNX model (https://onnx.ai/onnx/repo-docs/IR.html) that folding looks at; all else is carried along unread. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  /** Tensors of 32-bit floats that are part of the model, by name. */
  readonly weights: ReadonlyMap<string, Weights>
}

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Its attributes as they are written. */
  readonly attributes: readonly Field[]
}

export interface Weights {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Numbers of the fields that are read or written, from onnx.proto. */
const graphOfModel = 7
const graphField = { node: 1, initializer: 5, input: 11 } as const
const nodeField = { input: 1, output: 2, op: 4, attribute: 5 } as const
const attributeField = { name: 1, float: 2, whole: 3, tensor: 5, wholes: 8, type: 20 } as const
const attributeType = { float: 1, whole: 2, wholes: 7 } as const
const tensorField = { shape: 1, type: 2, floats: 4, name: 8, raw: 9 } as const
const float32 = 1

/** @throws RangeError when the bytes are no ONNX model */
export function readOnnx(model: Uint8Array): OnnxGraph {
  const graph = readFields(model).find(({ number }) => number === graphOfModel)
  if (!graph) throw new RangeError('Expected an ONNX model but there is no graph in it')
  const fields = readFields(graph.bytes)
  const nodes = fields.filter(({ number }) => number === graphField.node).map(({ bytes }) => readNode(bytes))
  const weights = new Map<string, Weights>()
  for (const { bytes } of fields.filter(({ number }) => number === graphField.initializer)) {
    const [name, tensor] = readTensor(bytes)
    if (tensor) weights.set(name, tensor)
  }
  for (const node of nodes) {
    const tensor = node.op === 'Constant' ? constantOf(node) : undefined
    if (tensor) weights.set(node.outputs[0]!, tensor)
  }
  return { nodes, weights }
}

function readNode(bytes: Uint8Array): OnnxNode {
  const fields = readFields(bytes)
  const named = (wanted: number): string[] => fields.filter(({ number }) => number === wanted).map(textOf)
  return {
    op: named(nodeField.op)[0] ?? '',
    inputs: named(nodeField.input),
    outputs: named(nodeField.output),
    attributes: fields.filter(({ number }) => number === nodeField.attribute)
  }
}

function constantOf(node: OnnxNode): Weights | undefined {
  const value = node.attributes.flatMap(({ bytes }) => readFields(bytes)).find(({ number }) => number === attributeField.tensor)
  return value ? readTensor(value.bytes)[1] : undefined
}

/** A tensor of floats; undefined where it holds something else. */
function readTensor(bytes: Uint8Array): [name: string, tensor: Weights | undefined] {
  const fields = readFields(bytes)
  const find = (wanted: number): Field | undefined => fields.find(({ number }) => number === wanted)
  const name = find(tensorField.name)
  const type = find(tensorField.type)
  const data = find(tensorField.raw) ?? find(tensorField.floats)
  const isFloats = type && readVarint(type.bytes, 0).value === float32 && data?.wire === 2 && data.bytes.length % 4 === 0
  const shape = fields.filter(({ number }) => number === tensorField.shape).flatMap(wholesOf)
  return [name ? textOf(name) : '', isFloats ? { shape, values: new Float32Array(new Uint8Array(data.bytes).buffer) } : undefined]
}

/** Repeated whole numbers stand one a field, or packed into one. */
function wholesOf({ wire, bytes }: Field): number[] {
  const values: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const { value, next } = readVarint(bytes, at)
    values.push(value)
    at = next
    if (wire === 0) break
  }
  return values
}

/** The numbers of an attribute: a `group` of a Conv, its `pads`, the `min` of a Clip. Empty where the node has none of that name. */
export function numbersOf(node: OnnxNode, name: string): number[] {
  for (const { bytes } of node.attributes) {
    const fields = readFields(bytes)
    if (!fields.some((field) => field.number === attributeField.name && textOf(field) === name)) continue
    return fields.flatMap((field) => {
      if (field.number === attributeField.float) return [new DataView(field.bytes.buffer, field.bytes.byteOffset).getFloat32(0, true)]
      return field.number === attributeField.whole || field.number === attributeField.wholes ? wholesOf(field) : []
    })
  }
  return []
}

export const floatAttribute = (name: string, value: number): Field =>
  nested(nodeField.attribute, [
    text(attributeField.name, name),
    float(attributeField.float, value),
    whole(attributeField.type, attributeType.float)
  ])

export const oneWholeAttribute = (name: string, value: number): Field =>
  nested(nodeField.attribute, [
    text(attributeField.name, name),
    whole(attributeField.whole, value),
    whole(attributeField.type, attributeType.whole)
  ])

export const wholesAttribute = (name: string, values: readonly number[]): Field =>
  nested(nodeField.attribute, [
    text(attributeField.name, name),
    ...values.map((value) => whole(attributeField.wholes, value)),
    whole(attributeField.type, attributeType.wholes)
  ])

/**
 * The model with another graph: its nodes are those given, in that order, and weights that no node reads are left out.
 *
 * @param weights floats that the model did not have
 */
export function writeOnnx(model: Uint8Array, nodes: readonly OnnxNode[], weights: ReadonlyMap<string, Weights>): Uint8Array {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs))
  const isKept = ({ number, bytes }: Field): boolean =>
    number !== graphField.node && (number !== graphField.initializer || read.has(readTensor(bytes)[0]))
  return writeFields(
    readFields(model).map((field) =>
      field.number === graphOfModel
        ? nested(graphOfModel, [
            ...nodes.map((node) => nested(graphField.node, nodeFields(node))),
            ...readFields(field.bytes).filter(isKept),
            ...[...weights].map(([name, tensor]) => nested(graphField.initializer, tensorFields(name, tensor)))
          ])
        : field
    )
  )
}

/** The model with the sides of its picture (the only input: batch, channels, height, width) left open but for the channels. */
export function withFreeSides(model: Uint8Array): Uint8Array {
  const dimension = (side: string | number): Field => nested(1, [typeof side === 'number' ? whole(1, side) : text(2, side)])
  const type = nested(2, [nested(1, [whole(1, float32), nested(2, ['batch', 3, 'height', 'width'].map(dimension))])])
  const freed = ({ bytes }: Field): Field => nested(graphField.input, [...readFields(bytes).filter(({ number }) => number === 1), type])
  return writeFields(
    readFields(model).map((field) =>
      field.number === graphOfModel
        ? nested(
            graphOfModel,
            readFields(field.bytes).map((part) => (part.number === graphField.input ? freed(part) : part))
          )
        : field
    )
  )
}

function nodeFields({ op, inputs, outputs, attributes }: OnnxNode): Field[] {
  return [
    ...inputs.map((name) => text(nodeField.input, name)),
    ...outputs.map((name) => text(nodeField.output, name)),
    text(nodeField.op, op),
    ...attributes
  ]
}

function tensorFields(name: string, { shape, values }: Weights): Field[] {
  return [
    ...shape.map((side) => whole(tensorField.shape, side)),
    whole(tensorField.type, float32),
    text(tensorField.name, name),
    { number: tensorField.raw, wire: 2, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) }
  ]
}
