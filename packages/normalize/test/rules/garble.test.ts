import type { Page } from '@broadsheet/document'
import { expect, test } from 'vitest'
import { normalize } from '../../src/index.ts'

const rare = '老船工佴阿寿撑起竹篙，哼着渔谣驶向芦荡深处，两岸的乌桕红得像火，水鸟惊起又落下。'
const misread = [
  '会议强调，要坚持问题导向，抓好各项任务落买，确保全年目标顺利完成。',
  '各级各部门要提高认识，明确贵任，完善制度，推动全年工作目标顺利实现。',
  '要加强组织领导，抓好廉政建没，促进经济平稳教快发展，让群众得到更多实惠。'
]

const pageOf = (texts: readonly string[], confidence?: number): Page => ({
  id: 'p1',
  processing: [],
  regions: texts.map((text, index) => ({
    type: 'text',
    id: `r${index + 1}`,
    role: 'paragraph',
    lines: [{ id: `r${index + 1}l1`, text, ...(confidence === undefined ? {} : { words: [wordOf(text, confidence)] }) }]
  }))
})
const box = { x: 0, y: 0, width: 1, height: 1 }
const wordOf = (text: string, confidence: number) => ({
  text,
  box,
  confidence,
  glyphs: [...text].map((char) => ({ text: char, box, confidence }))
})
const garbleOn = (page: Page): string[] =>
  normalize(page)
    .changes.filter(({ rule }) => rule === 'garble')
    .map(({ before }) => before)

test('what was misread is flagged, or its look-alike proposed; rare words beside it are left alone', () => {
  expect(garbleOn(pageOf([rare]))).toEqual([])
  const flagged = garbleOn(pageOf([rare, ...misread]))
  expect(flagged.length).toBeGreaterThan(0)
  expect(flagged.filter((char) => rare.includes(char))).toEqual([])
})

test('what the engine was sure of is not doubted', () => {
  expect(garbleOn(pageOf(misread, 0.6)).length).toBeGreaterThan(0)
  expect(garbleOn(pageOf(misread, 0.9999))).toEqual([])
})

test.each([
  '恒昱新材、德铂半导体、锐芯微电子等九家企业已经开工，科睿生物、汇川兴业、鼎衡特钢三家年底投产。园区补链、延链、强链，扩产提标，降本增效。',
  '失球后中场核心邵逸尘频频回撤拿球，左路的佟嘉树强突造点，队长罗培骏主罚命中，替补登场的滕子墨单刀挑射破门，梅开二度。',
  '涧头至笏石的村道叫笏涧路，塍上村到斜墩村的机耕路叫稻香路，埭溪、圩角、甪湾三村之间的环线叫三村环，路边种满了茭白。',
  '朔风吹雁过南塘，十里芦花半染霜。欲问当年垂钓叟，一蓑烟雨老斜阳。布谷声声唤晓晴，田翁叱犊趁新耕。',
  '风寒咳嗽宜用杏苏散加减，风热咳嗽可选桑菊饮，沙参、麦冬、玉竹都是常用药，祛痰药有氨溴索、乙酰半胱氨酸。'
])('firms, players, villages, verse and remedies are rare and right: %s', (text) => {
  expect(garbleOn(pageOf([text]))).toEqual([])
})
