import type { TextRole } from '@broadsheet/document'
import type { Profile } from '../profile/profile.ts'
import { defineRule, type Rule } from '../rule.ts'
import { isOpenRole, lookAtPage, plainText, says } from './facts.ts'

const fields: readonly (readonly [field: 'mastheads' | 'sections' | 'slogans' | 'kickers', role: TextRole])[] = [
  ['mastheads', 'masthead'],
  ['sections', 'section'],
  ['slogans', 'slogan'],
  ['kickers', 'kicker']
]

export const houseLines: Rule = defineRule({
  name: 'house-lines',
  phase: 'label',
  summary: "A line that the newspaper's house profile knows.",
  why: 'A title sets the same names, sections and slogans over its pages for years. What the profile lists, letter by letter but for blanks and marks, is what the profile says it is. Without a profile the rule finds nothing.',
  examples: [
    { before: ['青萝湖畔 一路同行', '环湖快速路今天全线贯通。'], after: ['青萝湖畔 一路同行', '环湖快速路今天全线贯通。'] },
    { before: ['城事', '湖边的灯今晚都亮了。'], after: ['城事', '湖边的灯今晚都亮了。'] }
  ],
  *find(context) {
    if (!context.profile) return
    const known = knownLines(context.profile)
    for (const view of lookAtPage(context).blocks) {
      if (!isOpenRole(view)) continue
      const role = known.get(letters(plainText(view)))
      if (role) yield says(view, role, `The house profile lists it as ${role}.`, 0.97)
    }
  }
})

function knownLines(profile: Profile): Map<string, TextRole> {
  return new Map(fields.flatMap(([field, role]) => (profile[field] ?? []).map((line) => [letters(line), role] as const)))
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
