import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-web'
import { EngineError } from '../engine-error.ts'

/** A loaded model that turns the image of a line into class probabilities per step. */
export interface Recognizer {
  /** `onnxruntime-node` (native) or `onnxruntime-web` (WASM). Their last digits differ, so it is part of the fingerprint. */
  readonly backend: Backend
  readonly version: string
  /** `input` is 3 × height × width, -1 to 1; 48 high unless the model takes another (see `takeAnyHeight`). */
  run(input: Float32Array, width: number): Promise<StepProbabilities>
  close(): Promise<void>
}

export type Backend = 'onnxruntime-node' | 'onnxruntime-web'

export interface StepProbabilities {
  readonly steps: number
  readonly classes: number
  /** `steps × classes`, row by row. */
  readonly values: Float32Array
}

/** Height of the images the PP-OCR recognisers are made for. */
export const inputHeight = 48

interface Runtime {
  readonly InferenceSession: { create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession> }
  readonly Tensor: TensorConstructor
  readonly env: { readonly versions: { readonly common: string }; logLevel?: string; wasm: { numThreads?: number } }
}

/**
 * Loads a model. Without `backend`, the native runtime where its binary loads, else WASM.
 *
 * @throws EngineError when neither works.
 */
export async function loadRecognizer(onnx: Uint8Array, options: { threads: number; backend?: Backend }): Promise<Recognizer> {
  const { runtime, backend } = await loadRuntime(options.backend)
  runtime.env.logLevel = 'error'
  if (backend === 'onnxruntime-web') runtime.env.wasm.numThreads = 1
  const session = await runtime.InferenceSession.create(onnx, {
    executionProviders: [backend === 'onnxruntime-web' ? 'wasm' : 'cpu'],
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Threads that wait must not burn the cores of the other jobs.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3
  })
  const input = session.inputNames[0]!
  const output = session.outputNames[0]!
  return {
    backend,
    version: runtime.env.versions.common,
    async run(values, width) {
      const tensor = new runtime.Tensor('float32', values, [1, 3, values.length / (3 * width), width])
      const result: Tensor = (await session.run({ [input]: tensor }))[output]!
      return { steps: result.dims[1]!, classes: result.dims[2]!, values: result.data as Float32Array }
    },
    close: () => session.release()
  }
}

async function loadRuntime(wanted: Backend | undefined): Promise<{ runtime: Runtime; backend: Backend }> {
  const reasons: string[] = []
  for (const backend of wanted ? [wanted] : (['onnxruntime-node', 'onnxruntime-web'] as const)) {
    try {
      return { runtime: (await import(backend)) as Runtime, backend }
    } catch (error) {
      reasons.push(`${backend}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    }
  }
  throw new EngineError(`ONNX Runtime does not load (${reasons.join('; ')}): install onnxruntime-web, or choose --engine tesseract`)
}
