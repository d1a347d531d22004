import type { Rule } from '../rule.ts'

/** What a block is: the first rules of every run. */
export const labelRules: readonly Rule[] = []
