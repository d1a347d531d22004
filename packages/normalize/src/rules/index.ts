import { labelRules } from '../labels/index.ts'
import type { Rule } from '../rule.ts'

/** Every rule of the house, in the order they run within their phase. */
export const rules: readonly Rule[] = [...labelRules]
