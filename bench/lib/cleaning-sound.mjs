// Sound text of many registers, through every rule: whatever is applied, proposed or flagged there is one too many.
import { readFileSync } from 'node:fs'
import { pageOfText } from './cleaning-data.mjs'

/** Texts made up for this bench, in bench/sound: those the rules were developed on, and those held out. Each opens with `@name language`. */
export function soundTexts(name) {
  return readFileSync(new URL(`../sound/${name}.txt`, import.meta.url), 'utf8')
    .split(/^@/m)
    .slice(1)
    .map((text) => {
      const [head, ...lines] = text.trimEnd().split('\n')
      const [id, language] = head.split(' ')
      return { id, language, text: lines.join('\n\n') }
    })
}

/** Per rule and outcome: changes, changes per 100,000 characters, and examples. */
export function countChanges(texts, normalize) {
  let characters = 0
  const outcomes = new Map()
  for (const { id, language, text } of texts) {
    const { page } = pageOfText(text, id)
    const lines = new Map(page.regions.map((region) => [region.id, region.lines.map(({ text }) => text).join('')]))
    characters += text.replace(/\s/g, '').length
    for (const change of normalize(language ? { ...page, language } : page, language ? { language } : {}).changes) {
      if (change.kind === 'label') continue
      const key = `${change.rule} ${change.kind === 'flag' ? 'flagged' : change.status}`
      const line = lines.get(change.region)
      const what = change.kind === 'flag' ? line.slice(change.from, change.to) : `${change.before}→${change.after ?? ''}`
      const shown = `${id} ${line.slice(Math.max(0, change.from - 12), change.from)}⟦${what}⟧${line.slice(change.to, change.to + 12)}`
      outcomes.set(key, [...(outcomes.get(key) ?? []), shown])
    }
  }
  return { characters, outcomes }
}

export function printCounts(title, { characters, outcomes }, detail) {
  console.log(`sound text: ${title}, ${characters} characters`)
  for (const [key, shown] of [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${key.padEnd(34)}${shown.length} (${((shown.length / characters) * 1e5).toFixed(1)} per 100k)`)
    if (detail) for (const example of shown.slice(0, 20)) console.log(`    ${example}`)
  }
}
