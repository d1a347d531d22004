import { InvalidArgumentError, Option } from 'commander'
import type { EngineChoice } from './page-task.ts'

/** A whole number of at least `least`, or a usage error. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least) throw new InvalidArgumentError(`Expected a whole number, ${least} or more.`)
    return value
  }
}

export const engineNames: readonly EngineChoice['name'][] = ['auto', 'paddle', 'tesseract', 'native', 'both', 'recorded', 'silent']

/** `--engine`, `--recording`: the same for every command that reads scans. */
export function engineOptions(): Option[] {
  return [
    new Option('--engine <name>', 'what reads the lines; both: two engines vote')
      .choices(engineNames)
      .default('auto')
      .env('BROADSHEET_ENGINE'),
    new Option('--recording <file>', 'answers for --engine recorded').env('BROADSHEET_RECORDING')
  ]
}

export function engineChoice(options: { engine: EngineChoice['name']; recording?: string }): EngineChoice {
  return { name: options.engine, ...(options.recording === undefined ? {} : { recording: options.recording }) }
}

/** `--rule name=off|propose|apply`, repeatable. */
export function collectRule(
  text: string,
  before: Record<string, 'off' | 'propose' | 'apply'> = {}
): Record<string, 'off' | 'propose' | 'apply'> {
  const [name, setting] = text.split('=')
  if (!name || !['off', 'propose', 'apply'].includes(setting ?? ''))
    throw new InvalidArgumentError('Expected name=off, name=propose or name=apply; broadsheet rules lists the names.')
  return { ...before, [name]: setting as 'off' | 'propose' | 'apply' }
}
