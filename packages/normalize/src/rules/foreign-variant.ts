import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type ReplaceFinding, type Rule } from '../rule.ts'
import { simplifiedOf } from '../tables/traditional.ts'
import { countHan, isHanAt } from '../text/characters.ts'

export const foreignVariant: Rule = defineRule({
  name: 'foreign-variant',
  phase: 'character',
  writing: 'chinese',
  summary: 'A traditional character in a text set in simplified ones (說 for 说).',
  why: `Recognisers know both scripts and mix them up. On a page that is simplified but for a few characters, one that no simplified text uses is
set in its simplified form, if that form is known in this place: together with its neighbours it is a phrase the language model remembers, or a word.
Where it is not, the form is only proposed. Whole pages in traditional script, and characters that names keep, are left alone. No text is converted as a whole:
that does harm (显著 would become 显着).`,
  examples: [
    {
      before: '如果說成功来之不易，那么经验就更值得总结，这是今年全区上下形成的共识，也是下一步努力的方向。',
      after: '如果说成功来之不易，那么经验就更值得总结，这是今年全区上下形成的共识，也是下一步努力的方向。'
    },
    {
      before: '成效显著，於先生十分高兴，他说这里乾湿分离做得很好，街坊邻居看在眼里，喜在心上，都来帮忙。',
      after: '成效显著，於先生十分高兴，他说这里乾湿分离做得很好，街坊邻居看在眼里，喜在心上，都来帮忙。'
    },
    {
      before: '全校师生动手装好了昇腾计算板，李祕书在场边记下步骤，大家忙到很晚才回家吃饭。',
      after: '全校师生动手装好了昇腾计算板，李祕书在场边记下步骤，大家忙到很晚才回家吃饭。'
    },
    {
      before: ['晚報與學報', '昨天上午，全市各校学生齐集体育场，举行运动会开幕典礼，观众很多，场面热烈。'],
      after: ['晚報與學報', '昨天上午，全市各校学生齐集体育场，举行运动会开幕典礼，观众很多，场面热烈。']
    },
    {
      before: '昨日上午，本市各校學生齊集體育場，舉行運動會開幕典禮，觀者如堵，盛況空前。',
      after: '昨日上午，本市各校學生齊集體育場，舉行運動會開幕典禮，觀者如堵，盛況空前。'
    }
  ],
  *find(context) {
    if (!isSimplified(context)) return
    for (const block of context.blocks) if (!isSetSo(context.textOf(block))) yield* findInBlock(context, block, context.textOf(block))
  }
})

/** Fewer than one in a hundred characters may be traditional, or it is how the page is set. */
function isSimplified({ blocks, textOf }: Context): boolean {
  let han = 0
  let traditional = 0
  for (const block of blocks) {
    const text = textOf(block)
    han += countHan(text)
    for (const char of text) if (simplifiedOf.has(char)) traditional++
  }
  return han >= 20 && (traditional <= 1 || traditional * 100 < han)
}

/** A line of which a third or more is traditional is set so: the title of a paper, a seal, a quotation of old. */
function isSetSo(text: string): boolean {
  let traditional = 0
  for (const char of text) if (simplifiedOf.has(char)) traditional++
  return traditional >= 2 && traditional * 3 >= countHan(text)
}

function* findInBlock(context: Context, block: Block, text: string): Generator<ReplaceFinding> {
  for (let at = 0; at < text.length; at++) {
    const after = isHanAt(text, at) ? simplifiedOf.get(text[at]!) : undefined
    if (after === undefined) continue
    const phrase = isSpacedAsList(text) ? undefined : knownPhrase(context, text, at, after)
    yield {
      kind: 'replace',
      block: block.id,
      from: at,
      to: at + 1,
      after,
      reason: phrase
        ? `“${text[at]}” is the traditional form of “${after}”, and “${phrase}” is a phrase of simplified text.`
        : `“${text[at]}” is the traditional form of “${after}”; a name may be set so.`,
      confidence: phrase ? 0.98 : 0.7,
      certainty: phrase ? 'certain' : 'probable',
      ...(phrase ? { evidence: { phrase } } : {})
    }
  }
}

/** Words parted by wide blanks: a list of names and places, where no phrase is sure. */
function isSpacedAsList(text: string): boolean {
  return text.length < 120 && /\S\s{2,}\S/.test(text)
}

/** A stretch of three or two characters around the place that model or dictionary know with the simplified form. */
function knownPhrase({ model }: Context, text: string, at: number, after: string): string | undefined {
  const mended = text.slice(Math.max(0, at - 2), at) + after + text.slice(at + 1, at + 3)
  const middle = Math.min(2, at)
  for (const [from, to] of [
    [-1, 2],
    [-2, 1],
    [0, 3],
    [-1, 1],
    [0, 2]
  ] as const) {
    const phrase = mended.slice(Math.max(0, middle + from), middle + to)
    if (phrase.length !== to - from || !/^[\u4e00-\u9fff]+$/.test(phrase)) continue
    if ((phrase.length === 3 && model.knows(phrase)) || model.dictionary.frequency(phrase) >= 20) return phrase
  }
  return undefined
}
