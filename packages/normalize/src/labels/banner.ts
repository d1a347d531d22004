import type { TextRole } from '@broadsheet/document'
import { distance, type Flow, flowOf, overlapAlong } from '../articles/space.ts'
import type { BlockView, PageView } from '../articles/view.ts'
import { defineRule, type Rule } from '../rule.ts'
import { stopsMidSentence } from '../text/mid-sentence.ts'
import { zonesOf } from './advert.ts'
import { ems, isOpenRole, isProse, isRunningText, lookAtPage, plainText, says } from './facts.ts'
import { headsByType } from './heads-by-type.ts'
import { advertSigns } from './words.ts'

export const banner: Rule = defineRule({
  name: 'banner',
  phase: 'label',
  summary: 'Display lines that head no article: the name of a section, a slogan over the page, a quotation set large.',
  why: 'What is set large and has no text of its own to head is the page’s: over everything it is a slogan, between articles the name of a section, in the middle of an article a quotation from it. Without boxes, short lines before a folio, and after the last paragraph of the page, are taken so.',
  examples: [
    {
      before: [
        '拼搏绘就湖畔蓝图',
        { text: '2024年9月26日 星期四 编辑 梅朵', role: 'folio' },
        { text: '环湖快速路今天全线贯通', role: 'heading' },
        '昨天下午，最后一车沥青摊铺完成。'
      ],
      after: [
        { text: '拼搏绘就湖畔蓝图', role: 'slogan' },
        { text: '2024年9月26日 星期四 编辑 梅朵', role: 'folio' },
        { text: '环湖快速路今天全线贯通', role: 'heading' },
        '昨天下午，最后一车沥青摊铺完成。'
      ]
    },
    { before: ['船是慢的', '湖也是慢的'], after: ['船是慢的', '湖也是慢的'] }
  ],
  *find(context) {
    const page = lookAtPage(context)
    if (page.bodyEm === undefined) {
      if (!page.blocks.some((view) => isProse(view.text))) return
      for (const view of page.blocks) {
        if (!isOpenRole(view) || isProse(view.text) || stopsMidSentence(context, plainText(view))) continue
        const found = byOrder(view, page)
        if (found) yield says(view, found[0], found[1], found[2])
      }
      return
    }
    const heads = new Set(headsByType(page).map((head) => head.view))
    for (const view of page.blocks)
      if (isOpenRole(view) && !heads.has(view) && standsAtFoot(view, page))
        yield says(view, 'footer', 'A small line under everything else on the page.', 0.78)
    for (const whole of zonesOf(page, 3.5)) {
      const zone = whole.filter((view) => !heads.has(view) && !readsOn(view, page))
      const found = byType(zone, page)
      if (!found) continue
      const isPage = found[0] === 'advert' || found[0] === 'poster'
      for (const view of zone) if (isPage || view.size >= 1.2) yield says(view, found[0], found[1], found[2])
    }
  }
})

/** Below all running text, in the last lines of the page, and no larger than the text. */
function standsAtFoot(view: BlockView, page: PageView): boolean {
  if (!view.box || !page.extent || page.vertical || isProse(view.text) || view.size > 1.25 || ems(view.text) > 24) return false
  const share = (view.box.y - page.extent.y) / Math.max(1, page.extent.height)
  if (share <= 0.96) return false
  const texts = page.blocks.filter((other) => isRunningText(other)).flatMap((other) => other.boxes)
  return texts.length > 2 && texts.every((box) => box.y + box.height < view.box!.y + 0.3 * page.bodyEm!)
}

/** A shred of the text, badly measured: it has the marks of a sentence. What is set large over a page may have one, too. */
function readsOn(view: BlockView, page: PageView): boolean {
  return (page.vertical || view.size < 1.3) && ems(view.text) > 8 && /[，。；]/.test(view.text) && advertSigns(view.text).length === 0
}

/** How many blocks to either side are looked at. */
const reach = 300

type Found = readonly [role: TextRole, reason: string, confidence: number]

/** What a zone of loose pieces is: by its words, by what it touches, by where it stands. */
function byType(zone: readonly BlockView[], page: PageView): Found | undefined {
  const [largest] = [...zone].sort((a, b) => b.size - a.size)
  if (!largest?.box || largest.size < 1.25 || ems(largest.text) > 60) return undefined
  const signs = advertSigns(zone.map(plainText).join('\n'))
  const place = flowOf(largest, page)!
  const places = zone.flatMap((view) => flowOf(view, page) ?? [])
  const touched = page.blocks.find((view) => {
    const there = ['advert', 'poster'].includes(view.block.role) ? flowOf(view, page) : undefined
    return there && places.some((piece) => distance(there, piece) < (overlapAlong(there, piece) > 0.5 ? 6 : 3.5) * page.bodyEm!)
  })
  if (signs.length >= 2 || (touched?.block.role === 'advert' && signs.length > 0))
    return ['advert', `Worded as an advertisement: ${signs.join(', ')}.`, 0.8]
  if (touched)
    return [touched.block.role, `Set beside ${touched.block.role === 'advert' ? 'an advertisement' : 'a poster'}, and heads no text.`, 0.78]
  return byStanding(largest, place, page)
}

function byStanding(view: BlockView, place: Flow, page: PageView): Found | undefined {
  const texts = page.blocks.filter((other) => isRunningText(other)).flatMap((other) => flowOf(other, page) ?? [])
  const above = texts.some((text) => text.bottom <= place.top + page.bodyEm! && overlapAlong(text, place) > 0.3)
  const below = texts.some((text) => text.top >= place.bottom - page.bodyEm! && overlapAlong(text, place) > 0.3)
  if (!above && below)
    return ems(view.text) <= 6
      ? ['section', 'Set large over the articles, the name of a section.', 0.8]
      : ['slogan', 'Set large over the page, and heads no text.', 0.8]
  // On a page set downwards, what ends it stands at the left: the last article as well as an advertisement.
  if (above && !below && page.vertical) return undefined
  if (above && !below) return ['advert', 'Set large at the foot of the page, and heads no text.', 0.76]
  if (!above && !below) return ['slogan', 'Set large, and heads no text.', 0.76]
  const isWide = place.end - place.start > 0.5 * (page.extent!.width || 1)
  return isWide || isSectionName(view)
    ? ['section', 'Set large between articles, the name of a section.', 0.78]
    : ['note', 'Set large within the text, and heads none: a quotation from it.', 0.76]
}

function isSectionName(view: BlockView): boolean {
  return (
    /(?:来信|副刊|信息|专版|专栏|公告|广告|天地|园地|之窗|新闻|要闻|简讯|速递|快讯|letters|news|sport|notices)$/i.test(plainText(view)) &&
    ems(view.text) <= 8
  )
}

function byOrder(view: BlockView, page: PageView): Found | undefined {
  const text = plainText(view)
  if (ems(text) > 24 || !page.blocks.some((other) => isProse(other.text))) return undefined
  const rest = page.blocks.slice(view.index + 1, view.index + 1 + reach)
  if (!rest.some((other) => isProse(other.text))) return afterTheLast(view, page)
  const before = page.blocks.slice(Math.max(0, view.index - reach), view.index)
  if (before.some((other) => isProse(other.text))) return undefined
  const next = rest.find((other) => !['slogan', 'paragraph'].includes(other.block.role))
  return next && ['folio', 'page-number', 'masthead', 'slogan'].includes(next.block.role) && rest.some(isHeading)
    ? ['slogan', 'A short line at the head of the page, cut off from the heading by the folio.', 0.8]
    : undefined
}

function isHeading(view: BlockView): boolean {
  return view.block.role === 'heading'
}

/** After the last paragraph and its credit: what is set there is the page’s. */
function afterTheLast(view: BlockView, page: PageView): Found | undefined {
  const last = page.blocks.findLastIndex((other) => isProse(other.text) || other.block.role === 'credit')
  const tail = page.blocks.slice(last + 1)
  if (
    !tail.some((other) => ['poster', 'masthead', 'advert', 'folio', 'noise'].includes(other.block.role)) &&
    !(page.blocks[last]?.block.role === 'credit')
  )
    return undefined
  if (/^[\p{Script=Han}]{1,3}$/u.test(plainText(view))) return ['noise', 'A word alone after the last article of the page.', 0.76]
  const nearby = page.blocks[view.index - 1]?.block.role
  return nearby === 'poster'
    ? ['poster', 'Follows a poster, after the last article of the page.', 0.78]
    : ['slogan', 'A short line after the last article of the page.', 0.78]
}
