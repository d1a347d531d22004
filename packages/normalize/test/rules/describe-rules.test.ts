import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { describeRules, rules } from '../../src/index.ts'

const path = fileURLToPath(new URL('../../../../docs/rules.md', import.meta.url))

it('docs/rules.md is fresh (UPDATE=1 writes it)', () => {
  if (process.env.UPDATE === '1' && process.env.CI === undefined) writeFileSync(path, describeRules())
  expect(readFileSync(path, 'utf8')).toBe(describeRules())
})

it('describes every rule once', () => {
  const text = describeRules()
  for (const { name } of rules) expect(text.split(`### \`${name}\`\n`)).toHaveLength(2)
})
