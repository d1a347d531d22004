import type { Block } from '@broadsheet/document'
import { defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { isSolidAt } from '../text/characters.ts'
import { inBlocks } from '../text/prose.ts'

export const markupMark: Rule = defineRule({
  name: 'markup-mark',
  phase: 'character',
  summary: 'Markdown or list marks (##, **, -, △) that an engine put before or around a text, not the printer.',
  why: `Recognisers that write Markdown leave heading marks and stars in the text; ornaments before a heading are read as triangles and blocks.
They belong to no word. Heading marks are taken away together with their blank, and with an ornament behind them. An ornament alone may be the
printer's: papers open short items with ▲, ◇ or ●, and set ■■ before who wrote them. It stays before a text, and is only proposed before a heading.
A figure sign inside a sentence (C#, 1#楼) stays, and so does the dot between two names, which some write as a bullet.`,
  examples: [
    { before: '## 奋力书写新华章', after: '奋力书写新华章' },
    { before: '## △ 扛起新使命 谱写新篇章', after: '扛起新使命 谱写新篇章' },
    { before: '**本报讯** 昨日，市区降雨。', after: '本报讯 昨日，市区降雨。' },
    { before: '学习贯彻会议精神 • 书记访谈', after: '学习贯彻会议精神 · 书记访谈' },
    { before: '1#楼封顶，C#课程开班。', after: '1#楼封顶，C#课程开班。' },
    { before: '#热门话题#今天上线。', after: '#热门话题#今天上线。' },
    {
      before: ['▲小東門某茶樓、昨夜失火、幸未傷人、', '▲鄉人某甲、失去耕牛一頭、至今未獲、'],
      after: ['▲小東門某茶樓、昨夜失火、幸未傷人、', '▲鄉人某甲、失去耕牛一頭、至今未獲、']
    },
    { before: '◇訃報　元校長の山田花子さんが四日、老衰のため死去した。', after: '◇訃報　元校長の山田花子さんが四日、老衰のため死去した。' },
    { before: '■■本报记者 林远', after: '■■本报记者 林远' },
    {
      before: [{ text: '△ 扛起新使命 谱写新篇章', role: 'heading' }],
      after: [{ text: '△ 扛起新使命 谱写新篇章', role: 'heading' }],
      proposed: ['△  → ']
    }
  ],
  find: (context) => inBlocks(context, () => true, findInBlock)
})

const leading = /^(?:#{1,6} +|[*+>-] +(?=[\u4e00-\u9fff“]))?(?:[△▲▽▼◆◇■□●○◎★☆▶►] ?)*/u

/** Where an ornament is rather drawn than set. */
const headings: ReadonlySet<Block['role']> = new Set(['heading', 'kicker', 'deck', 'crosshead'])

function* findInBlock(block: Block, text: string): Generator<ReplaceFinding> {
  const head = leading.exec(text)![0]
  const isMarkdown = /^[#*+>-]/.test(head)
  if (head !== '' && head.length < text.length && (isMarkdown || headings.has(block.role)))
    yield {
      ...removal(block, 0, head.length, `“${head.trim()}” before the text is the engine’s or an ornament.`, isMarkdown ? 0.97 : 0.6),
      certainty: isMarkdown ? 'certain' : 'probable'
    }
  for (const match of text.matchAll(/(?<![*\p{L}\p{S}])\*\*(?=[\p{L}\p{N}“‘（《(])([^*]{1,200})\*\*(?!\*)/gu)) {
    yield removal(block, match.index, match.index + 2, 'Stars around a phrase are Markdown for bold type.', 0.97)
    yield removal(
      block,
      match.index + match[0].length - 2,
      match.index + match[0].length,
      'Stars around a phrase are Markdown for bold type.',
      0.97
    )
  }
  for (const match of text.matchAll(/•/g)) {
    const at = match.index
    if (!isSolidAt(text, text[at - 1] === ' ' ? at - 2 : at - 1) || !isSolidAt(text, text[at + 1] === ' ' ? at + 2 : at + 1)) continue
    yield {
      ...removal(
        block,
        at,
        at + 1,
        'Between two Chinese phrases the printer sets a middle dot; a bullet is how some engines write it.',
        0.95
      ),
      after: '·'
    }
  }
}

function removal(block: Block, from: number, to: number, reason: string, confidence: number): ReplaceFinding {
  return { kind: 'replace', block: block.id, from, to, after: '', reason, confidence, certainty: 'certain' }
}
