import type { Example, ExampleBlock, Rule } from '@broadsheet/normalize'

/** A rule as a person reads it in a terminal. */
export function describeRule(rule: Rule): string {
  const examples = rule.examples.map((example) =>
    describeExample(example)
      .map(([name, text]) => `  ${name.padEnd(9)} ${text}\n`)
      .join('')
  )
  return `${rule.name}\n${rule.summary}\n\n${rule.why}\n\n${examples.join('\n')}`
}

/** `stays` or `from` and `to`, then what is flagged and proposed. */
function describeExample(example: Example): (readonly [name: string, text: string])[] {
  const before = describeBlocks(example.before)
  const after = describeBlocks(example.after)
  return [
    ...(before === after
      ? ([['stays', before]] as const)
      : ([
          ['from', before],
          ['to', after]
        ] as const)),
    ...(example.flagged ?? []).map((text) => ['flags', text] as const),
    ...(example.proposed ?? []).map((text) => ['proposes', text] as const)
  ]
}

/** Blocks divided by ¶, printed lines by ⏎; a block that is no paragraph begins with its role. */
function describeBlocks(blocks: string | readonly ExampleBlock[]): string {
  return (typeof blocks === 'string' ? [blocks] : blocks).map(describeBlock).join(' ¶ ')
}

function describeBlock(block: ExampleBlock): string {
  if (typeof block === 'string') return block
  const text = 'lines' in block ? block.lines.join('⏎') : block.text
  return block.role && block.role !== 'paragraph' ? `[${block.role}] ${text}` : text
}
