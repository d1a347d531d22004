import type { Example, ExampleBlock, Phase, Rule, Writing } from '../rule.ts'
import { phases } from '../rule.ts'
import { rules as houseRules } from './index.ts'

const titles: Readonly<Record<Phase, string>> = {
  label: 'What a block is',
  split: 'Where one block is two',
  join: 'Which blocks are one',
  character: 'Which characters are wrong',
  doubt: 'What is doubtful'
}

const writings: Readonly<Record<Writing, string>> = { chinese: 'Chinese text', alphabetic: 'Latin, Greek and Cyrillic text' }

/** The rules as a Markdown document: what each finds, why, and its examples. `docs/rules.md` is this text. */
export function describeRules(rules: readonly Rule[] = houseRules): string {
  const parts = phases.map((phase) => {
    const own = rules.filter((rule) => rule.phase === phase)
    return own.length === 0 ? '' : `## ${titles[phase]}\n\n${own.map(describeRule).join('\n')}`
  })
  return `${introduction}\n${parts.filter((part) => part !== '').join('\n')}`
}

const introduction = `# The rules

Written from the rules themselves; \`broadsheet rules\` prints the same. A rule finds one kind of damage. What is certain is applied, what is probable is proposed and waits for a
person, what cannot be known is flagged. In \`broadsheet.yaml\` each can be set to \`off\`, \`propose\` (nothing it finds is certain) or \`apply\` (what it would propose is applied):

\`\`\`yaml
rules:
  look-alike: off
  broken-dash: propose
\`\`\`
`

function describeRule(rule: Rule): string {
  const writing = rule.writing ? ` (${writings[rule.writing]})` : ''
  const examples = rule.examples.map(describeExample).join('\n')
  return `### \`${rule.name}\`\n\n${rule.summary}${writing}\n\n${rule.why.replace(/\s*\n\s*/g, ' ')}\n\n${examples}\n`
}

function describeExample({ before, after, flagged, proposed }: Example): string {
  const [from, to] = [showBlocks(before), showBlocks(after)]
  const notes = [
    ...(flagged?.length ? [`flagged: ${flagged.map(quote).join(', ')}`] : []),
    ...(proposed?.length ? [`proposed: ${proposed.map(quote).join(', ')}`] : [])
  ]
  const tail = notes.length > 0 ? ` — ${notes.join('; ')}` : ''
  return from === to ? `- stays: ${from}${tail}` : `- ${from} → ${to}${tail}`
}

function showBlocks(blocks: string | readonly ExampleBlock[]): string {
  const list = typeof blocks === 'string' ? [blocks] : blocks
  return list.map(showBlock).join(' ¶ ')
}

function showBlock(block: ExampleBlock): string {
  if (typeof block === 'string') return quote(block)
  const text = 'lines' in block ? block.lines.join(' / ') : block.text
  return block.role ? `${block.role} ${quote(text)}` : quote(text)
}

/** As code, so that marks and blanks stand as they are. */
function quote(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}
