import { checkAnswer } from '../ask/check-answer.ts'
import { type Answer, questionKey } from '../ask/corrector.ts'
import { type PlacedQuestion, questionsOf } from '../ask/questions.ts'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'

export const askModel: Rule = defineRule({
  name: 'ask-model',
  phase: 'doubt',
  writing: 'chinese',
  summary: 'A damaged place for which a language model outside was asked, and has a reading.',
  why: `Off unless an address or a program is named (--ask). Asked is only about places that other rules flagged, with the text around them, and never about figures,
names known to be right and quotations. What comes back is recorded as it was said and checked for invention: as many Chinese characters as were doubted,
no figure, nothing outside the place, and the sentence must not become less likely by it. It is a proposal and never applied by itself: a model
that writes well also invents well.`,
  examples: [
    {
      before: '全市农业亻生产形势总体平稳。',
      after: '全市农业亻生产形势总体平稳。',
      with: ['stray-glyph'],
      answers: [{ before: '全市农业', place: '亻', after: '生产形势总体平稳。', text: '的', model: 'a-model' }],
      proposed: ['亻 → 的']
    },
    {
      before: '全市农业亻生产形势总体平稳。',
      after: '全市农业亻生产形势总体平稳。',
      with: ['stray-glyph'],
      answers: [{ before: '全市农业', place: '亻', after: '生产形势总体平稳。', text: '应为“农业生产”，多了一个偏旁。', model: 'a-model' }]
    }
  ],
  *find(context) {
    const { answers, blocks, changes, names } = context
    if (answers.size === 0) return
    for (const question of questionsOf(
      { blocks, changes: changes.filter(({ rule }) => rule !== 'ask-model') },
      { names, most: Infinity }
    )) {
      const answer = answers.get(questionKey(question))
      const finding = answer && findingOf(context, question, answer)
      if (finding) yield finding
    }
  }
})

function findingOf({ model }: Context, question: PlacedQuestion, answer: Answer): ReplaceFinding | undefined {
  const { before, place, after, block, from, to } = question
  const { text } = checkAnswer(question, answer.text)
  if (text === undefined) return undefined
  const [stands, proposed] = model.compare(before.slice(-reach), [place, text], after.slice(0, reach))
  const gain = Math.round((stands! - proposed!) * 10) / 10
  if (gain < 0) return undefined
  return {
    kind: 'replace',
    block,
    from,
    to,
    after: text,
    reason: `The language model ${answer.model} reads “${text}” for “${place}” from the words around it; nothing on the page shows it.`,
    confidence: Math.round(Math.min(0.7, 0.35 + gain / 80) * 100) / 100,
    certainty: 'probable',
    evidence: { model: answer.model, gainBits: gain },
    candidates: [{ text, score: gain }]
  }
}

const reach = 3
