// Newspaper pages that two systems read (`zh-news-pairs`): real noise. One reading has the layout as it came, with the column breaks known
// by alignment; the other has it right, with its misreadings known.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pageOfText, ratio, Tally, textOf } from './cleaning-data.mjs'

export function scorePairs(corpus, normalize, detail) {
  const folder = join(corpus, 'corpus/zh-news-pairs')
  const ids = readdirSync(join(folder, 'joins')).map((name) => name.slice(0, -5))
  const next = new Tally()
  const displaced = new Tally()
  const top = { right: 0, all: 0 }
  let outside = 0
  const characters = { wrong: 0, mended: 0, proposed: 0, harmed: 0, all: 0, falseJoins: 0 }
  for (const id of ids) {
    scoreLayout(folder, id, normalize, detail, { next, displaced, top, outside: () => outside++ })
    scoreCharacters(folder, id, normalize, detail, characters)
  }
  console.log(`zh-news-pairs: ${ids.length} pages of real noise`)
  console.log(`  column breaks to the next block     recall ${next.recall}`)
  console.log(
    `  displaced                           precision ${displaced.precision}, recall ${displaced.recall}; named first ${ratio(top.right, top.all)}`
  )
  console.log(`  joins applied outside the list      ${outside} (the list is not complete)`)
  console.log(
    `  misread characters                  ${characters.wrong}; mended ${characters.mended}, right first proposal ${characters.proposed}, harmed ${characters.harmed} of ${characters.all}`
  )
  console.log(`  joins applied where none is due     ${characters.falseJoins}`)
}

function scoreLayout(folder, id, normalize, detail, score) {
  const raw = readFileSync(join(folder, 'layout-noise', `${id}.txt`), 'utf8')
  const { joins } = JSON.parse(readFileSync(join(folder, 'joins', `${id}.json`), 'utf8'))
  const lines = raw.split('\n')
  const paragraphs = lines.flatMap((line, index) => (line.trim() !== '' && !line.startsWith('#') ? [`r${index + 1}`] : []))
  const { page } = pageOfText(raw, id)
  const { changes } = normalize(page)
  const said = changes.filter(({ kind }) => kind === 'join')
  const due = new Map(
    joins.filter(({ midSentence }) => midSentence).map(({ from, to, displaced }) => [`${paragraphs[from]}>${paragraphs[to]}`, displaced])
  )
  const listed = new Set(joins.map(({ from, to }) => `${paragraphs[from]}>${paragraphs[to]}`))
  for (const [pair, distance] of due) {
    const [end, target] = pair.split('>')
    const change = said.find((other) => other.region === end && other.target.region === target)
    const tally = distance === 0 ? score.next : score.displaced
    if (change?.status === 'applied') tally.right++
    else {
      tally.missed++
      if (detail)
        console.log(
          `  missed${change ? ' (proposed)' : ''} [${distance}]: ${shows(lines, end, target)} ${JSON.stringify(change?.evidence ?? '')}`
        )
    }
    if (distance !== 0) {
      score.top.all++
      if (said.find((other) => other.region === end)?.target.region === target) score.top.right++
    }
  }
  for (const change of said) {
    const pair = `${change.region}>${change.target.region}`
    if (change.status !== 'applied' || listed.has(pair)) continue
    if (
      due.size > 0 &&
      [...due.keys()].some((other) => other.startsWith(`${change.region}>`) || other.endsWith(`>${change.target.region}`))
    ) {
      if (/elsewhere/.test(change.reason)) score.displaced.wrong++
      else score.next.wrong++
    } else score.outside()
    if (detail)
      console.log(
        `  outside the list: ${shows(lines, change.region, change.target.region)} ${change.reason} ${JSON.stringify(change.evidence)}`
      )
  }
}

function shows(lines, end, target) {
  const line = (id) => lines[Number(id.slice(1)) - 1].trim()
  return `${line(end).slice(-14)}|${line(target).slice(0, 14)}`
}

function scoreCharacters(folder, id, normalize, detail, sum) {
  const raw = readFileSync(join(folder, 'char-noise', `${id}.txt`), 'utf8')
  const substitutions = JSON.parse(readFileSync(join(folder, 'char-noise', `${id}.subs.json`), 'utf8')).filter(({ isolated }) => isolated)
  const { page } = pageOfText(raw, id)
  const { changes, blocks } = normalize(page)
  const clean = blocks.map(textOf).join('\n')
  sum.all += clean.length
  for (const { raw: read, ref, ctx } of substitutions) {
    sum.wrong++
    const [before] = ctx.split('[')
    const change = changes.find(
      (other) => other.kind === 'replace' && other.before === read && contextOf(page, other).endsWith(wide(before).slice(-3))
    )
    if (change?.after === ref) change.status === 'applied' ? sum.mended++ : sum.proposed++
  }
  for (const change of changes) {
    if (change.status !== 'applied') continue
    if (change.kind === 'join') {
      sum.falseJoins++
      if (detail) console.log(`  join: ${contextOf(page, change)}| ${change.reason} ${JSON.stringify(change.evidence)}`)
    }
    if (change.kind !== 'replace' || !/\p{Script=Han}/u.test(change.before)) continue
    const known = substitutions.some(({ raw: read, ref }) => read === change.before && ref === change.after)
    if (known) continue
    sum.harmed++
    if (detail) console.log(`  letters changed: ${contextOf(page, change)}⟦${change.before}→${change.after}⟧ ${change.rule}`)
  }
}

const wide = (text) => text.replace(/[,;:?!]/g, (mark) => ({ ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' })[mark])

function contextOf(page, { region, from }) {
  const text = page.regions.find(({ id }) => id === region).lines[0].text
  return wide(text.slice(Math.max(0, from - 10), from))
}
