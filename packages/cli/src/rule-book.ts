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

const phaseTitles: Readonly<Record<Rule['phase'], string>> = {
  label: 'What a block is',
  split: 'Where one block is two',
  join: 'Which blocks are one',
  character: 'Which characters are wrong',
  doubt: 'What is doubtful'
}

/** The whole rule book, `docs/rules.md`: phases in the order they run, rules in the order within. */
export function writeRuleBook(rules: readonly Rule[]): string {
  const phases = (Object.keys(phaseTitles) as Rule['phase'][]).filter((phase) => rules.some((rule) => rule.phase === phase))
  return `# Rules

Written from the rules by \`broadsheet rules --markdown\`; a test fails when it is stale. A rule only finds. What is safe is applied, what is probable is proposed,
what cannot be known is flagged and left as it stands. Every example is a test; where a text stays, the rule keeps its hands off.

${phases
  .map(
    (phase) =>
      `## ${phaseTitles[phase]}\n\n${rules
        .filter((rule) => rule.phase === phase)
        .map(writeRule)
        .join('\n')}`
  )
  .join('\n')}`
}

function writeRule(rule: Rule): string {
  const writing = rule.writing === undefined ? '' : ` Only in ${rule.writing} text.`
  const examples = rule.examples.map((example) =>
    describeExample(example)
      .map(([name, text]) => `${name.padEnd(9)} ${text}\n`)
      .join('')
  )
  return `### ${rule.name}\n\n${escapeMarkdown(rule.summary)}${writing}\n\n${escapeMarkdown(rule.why)}\n\n${fence(examples.join('\n'))}\n`
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_<>[\]#|~]/g, '\\$&')
}

/** A fence longer than any run of backticks in the text. */
function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}text\n${text}${marks}`
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
