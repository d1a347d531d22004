import type { Credit } from '@broadsheet/document'
import { isLoneName, parseCredits } from '../articles/credit.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { ems, isOpenRole, isProse, isRunningText, lookAtPage, plainText, says } from './facts.ts'

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤闻曲纪葛祁梅岑齐景温关柏水穆柳鲍倪舒柯卓骆甄司楼娄费卫蓝季乔翁申尤明安常乐牛文辛管耿焦左麦祝欧游冷阮'

export const credit: Rule = defineRule({
  name: 'credit',
  phase: 'label',
  summary: 'A line that names who wrote, took, edited or sent in the article.',
  why: 'The names stand under the heading or after the last paragraph, with what the person did before or behind the name. A name alone is a credit only where an article begins or ends, and is set no larger than the text. A sentence about a reporter is none.',
  examples: [
    {
      before: ['队伍一直排到巷子那头的豆腐坊。', '记者 黎小舟 文/图'],
      after: ['队伍一直排到巷子那头的豆腐坊。', { text: '记者 黎小舟 文/图', role: 'credit' }]
    },
    {
      before: ['The river trade will have its museum.', 'By Our Own Correspondent'],
      after: ['The river trade will have its museum.', { text: 'By Our Own Correspondent', role: 'credit' }],
      language: 'en'
    },
    { before: ['昨天她站在阳台上。', '记者随后走访了三个小区。'], after: ['昨天她站在阳台上。', '记者随后走访了三个小区。'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    for (const view of page.blocks) {
      if (!isOpenRole(view) || view.size > 1.6) continue
      const text = plainText(view)
      const credits = ems(text) <= 45 ? parseCredits(text) : []
      if (credits.length > 0 && !credits.every(isStaff))
        yield says(view, 'credit', `Names ${named(credits)}.`, 0.96, { names: names(credits) })
      else if (isLoneName(text) && surnames.includes(text[0]!) && standsAtAnEnd(view, page))
        yield says(view, 'credit', 'A name alone, where an article begins or ends.', 0.8)
    }
  }
})

/** Editors and designers of the page are its folio's. */
function isStaff(credit: Credit): boolean {
  return credit.role === 'editor' || credit.role === 'designer' || credit.role === 'other'
}

function named(credits: readonly Credit[]): string {
  return credits.map(({ role, name }) => `${name} (${role})`).join(', ')
}

function names(credits: readonly Credit[]): readonly string[] {
  return credits.map(({ name }) => name)
}

function standsAtAnEnd(view: BlockView, page: PageView): boolean {
  if (view.size > 1.25 || [...plainText(view)].length > 3) return false
  const before = page.blocks[view.index - 1]
  const after = page.blocks[view.index + 1]
  // Without boxes: the line between a heading and its text.
  if (
    view.box === undefined &&
    before &&
    after &&
    !isProse(before.text) &&
    ems(before.text) > 3 &&
    isProse(after.text) &&
    isOpenRole(before)
  )
    return true
  const follows = before !== undefined && (isRunningText(before) || (view.box !== undefined && before.size > 1.4))
  const precedes = after === undefined || isRunningText(after) || !isProse(after.text) || view.box === undefined
  return follows && precedes
}
