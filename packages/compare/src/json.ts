import type { Explanation } from './explanation.ts'

/** An explanation as JSON, keys in the order of the type, one line end at the end. */
export function formatJson(explanation: Explanation | readonly Explanation[]): string {
  return `${JSON.stringify(explanation, undefined, 2)}\n`
}
