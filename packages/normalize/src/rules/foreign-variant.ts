import type { Block } from '@broadsheet/document'
import { type Context, defineRule, type Finding, type Rule } from '../rule.ts'
import { simplifiedOf } from '../tables/traditional.ts'
import { countHan, isHanAt } from '../text/characters.ts'

export const foreignVariant: Rule = defineRule({
  name: 'foreign-variant',
  phase: 'character',
  writing: 'chinese',
  summary: 'A traditional character in a text set in simplified ones (說 for 说).',
  why: `Recognisers know both scripts and mix them up. On a page that is simplified but for a few characters, one that no simplified text uses is
set in its simplified form, if that form is known in this place: together with its neighbours it is a phrase the language model remembers, or a word.
Where it makes a word that is rarer, or stands in a list of names, the form is only proposed; where it makes none, the character is another one misread, or
belongs to a name: it is flagged, with the form beside it (冰電 was 冰雹, not 冰电). Whole pages in traditional script or in Japanese, and characters that names keep, are left alone.
No text is converted as a whole: that does harm (显著 would become 显着).`,
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
      before: '昨夜西山一带下了冰電，果园里落叶遍地，农技员赶到地头查看，说幼果还有救，大家这才放下心来。',
      after: '昨夜西山一带下了冰電，果园里落叶遍地，农技员赶到地头查看，说幼果还有救，大家这才放下心来。',
      flagged: ['電']
    },
    {
      before: '名人戦第五局は一二八手で後手が勝った。対局は三日間続き、最後は終盤の読み合いになった。',
      after: '名人戦第五局は一二八手で後手が勝った。対局は三日間続き、最後は終盤の読み合いになった。'
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
function isSimplified({ blocks, textOf, language }: Context): boolean {
  if (/^(?:ja|zh-(?:Hant|TW|HK|MO))\b/i.test(language)) return false
  let han = 0
  let kana = 0
  let traditional = 0
  for (const block of blocks) {
    const text = textOf(block)
    han += countHan(text)
    for (const char of text) {
      if (simplifiedOf.has(char)) traditional++
      else if (/[\u3041-\u30ff]/.test(char)) kana++
    }
  }
  return han >= 20 && kana * 5 < han && (traditional <= 1 || traditional * 100 < han)
}

/** A line of which a third or more is traditional is set so: the title of a paper, a seal, a quotation of old. */
function isSetSo(text: string): boolean {
  let traditional = 0
  for (const char of text) if (simplifiedOf.has(char)) traditional++
  return traditional >= 2 && traditional * 3 >= countHan(text)
}

function* findInBlock(context: Context, block: Block, text: string): Generator<Finding> {
  const isList = isSpacedAsList(text)
  for (let at = 0; at < text.length; at++) {
    const after = isHanAt(text, at) ? simplifiedOf.get(text[at]!) : undefined
    if (after === undefined) continue
    const said = `“${text[at]}” is the traditional form of “${after}”`
    const base = { block: block.id, from: at, to: at + 1 }
    const known = isList ? undefined : knownPhrase(context, text, at, after, 20)
    const rare = known ?? knownPhrase(context, text, at, after, 1)
    if (known)
      yield {
        ...base,
        kind: 'replace',
        after,
        reason: `${said}, and “${known}” is a phrase of simplified text.`,
        confidence: 0.98,
        certainty: 'certain',
        evidence: { phrase: known }
      }
    else if (rare || isList)
      yield { ...base, kind: 'replace', after, reason: `${said}; a name may be set so.`, confidence: 0.7, certainty: 'probable' }
    else
      yield {
        ...base,
        kind: 'flag',
        reason: `${said}, which makes no word here: another character misread, or a name.`,
        confidence: 0.7,
        certainty: 'certain',
        guesses: [{ text: after, score: 0 }]
      }
  }
}

/** Words parted by wide blanks: a list of names and places, where no phrase is sure. */
function isSpacedAsList(text: string): boolean {
  return text.length < 120 && /\S\s{2,}\S/.test(text)
}

/** A stretch of three or two characters around the place that the model knows, or the dictionary this often, with the simplified form. */
function knownPhrase({ model }: Context, text: string, at: number, after: string, often: number): string | undefined {
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
    if ((phrase.length === 3 && model.knows(phrase)) || model.dictionary.frequency(phrase) >= often) return phrase
  }
  return undefined
}
