import { pathToFileURL } from 'node:url'
import type { Corrector } from '@broadsheet/normalize'

/**
 * A corrector from a program file that the user named on the command line: its default export, or what its default export gives when called.
 * The door for models that run in this process, such as a masked language model with onnxruntime.
 *
 * @throws Error with one line when the file exports something else.
 */
export async function openProgram(path: string): Promise<Corrector> {
  const { default: exported } = (await import(pathToFileURL(path).href)) as { default?: unknown }
  const corrector: unknown = typeof exported === 'function' ? await exported() : exported
  if (!isCorrector(corrector)) throw new Error('its default export is no corrector: { name, correct(question) } is expected')
  return corrector
}

function isCorrector(value: unknown): value is Corrector {
  const { name, correct } = (value ?? {}) as Partial<Corrector>
  return typeof name === 'string' && typeof correct === 'function'
}
