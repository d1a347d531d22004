// The seeds beside their gold: paragraphs, wrong edits, traps, unrecoverable places.
import { pageOfText, textOf } from './cleaning-data.mjs'

const wide = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）' }
const folded = (text) =>
  text
    .replace(/[,;:?!()]/g, (mark) => wide[mark])
    .replace(/["“”]/g, '"')
    .replace(/['‘’]/g, "'")

export function scoreSeed({ raw, gold }, normalize, detail) {
  const { page, offsets, lineAt } = pageOfText(raw, 'p01')
  const result = normalize(page)
  const texts = new Set(result.blocks.map(textOf))
  const paragraphs = gold.articles.flatMap((article) => article.paragraphs)
  const has = (paragraph) => texts.has(paragraph) || [...texts].some((text) => text.endsWith(` ${paragraph}`))
  const missed = paragraphs.filter((paragraph) => !has(paragraph))
  const wrong = wrongChanges(gold, result, offsets, lineAt)
  const clean = folded([...texts].join('\n'))
  const whole = folded(paragraphs.join('\n'))
  // Where the gold itself takes a line-wrap blank out of a trap, so may we.
  const isKept = (text) =>
    clean.includes(text) || (!whole.includes(text) && whole.includes(text.replace(/ /g, '')) && clean.includes(text.replace(/ /g, '')))
  const touched = gold.suspects.filter(({ text }) => !isKept(folded(text)))
  const lost = gold.edits.filter((edit) => edit.certainty === 'unrecoverable')
  const unflagged = lost.filter((edit) => !isFlagged(edit, result.changes, offsets))
  if (detail) {
    for (const paragraph of missed) console.log(`  not exact: ${nearest(paragraph, [...texts])}`)
    for (const change of wrong)
      console.log(`  wrong: ${change.id} “${change.before}” → “${change.after ?? JSON.stringify(change.target) ?? ''}” ${change.reason}`)
    for (const { text } of touched) console.log(`  trap touched: ${text}`)
    for (const edit of unflagged) console.log(`  not flagged: ${edit.context}`)
    for (const change of result.changes.filter(({ kind, status }) => kind === 'flag' || status === 'proposed'))
      console.log(
        `  ${change.kind === 'flag' ? 'flag' : 'proposed'} ${change.id} “${change.before}” ${change.after ?? ''} ${change.reason} ${JSON.stringify(change.evidence ?? '')}`
      )
  }
  return {
    paragraphs: paragraphs.length,
    exact: paragraphs.length - missed.length,
    rawExact: paragraphs.filter((paragraph) =>
      raw.split('\n').some((line) => line.trim() === paragraph || line.trim().endsWith(` ${paragraph}`))
    ).length,
    wrong: wrong.length,
    traps: gold.suspects.length,
    touched: touched.length,
    lost: lost.length,
    flagged: lost.length - unflagged.length,
    changes: result.changes.filter(({ status, kind }) => status === 'applied' && kind !== 'flag' && kind !== 'label').length
  }
}

function wrongChanges(gold, { changes }, offsets, lineAt) {
  return changes.filter((change) => {
    if (change.status !== 'applied' || change.kind === 'flag' || change.kind === 'label') return false
    const start = offsets.get(change.region) + change.from
    const end = offsets.get(change.region) + change.to
    if (change.kind === 'replace' && change.after === '') {
      const gone = (at) => gold.edits.some((edit) => edit.start <= at && at < edit.end && edit.after.trim() === '')
      for (let at = start; at < end; at++) if (!gone(at)) return true
      return false
    }
    if (change.kind === 'replace')
      return !gold.edits.some(
        (edit) =>
          edit.start <= start && end <= edit.end && (edit.after === change.after || edit.kind === 'reading-order' || edit.after === '')
      )
    if (change.kind === 'split') return !gold.edits.some((edit) => edit.kind === 'heading-split' && Math.abs(edit.start - start) <= 1)
    const target = offsets.get(change.target.region) + change.target.at
    return !gold.edits.some((edit) =>
      edit.moveTo
        ? Math.abs(edit.start - target) <= 1
        : ['column-break-join', 'heading-split'].includes(edit.kind) &&
          lineAt(edit.start) === lineAt(start) &&
          Math.abs(edit.end - target) <= 4
    )
  })
}

function isFlagged(edit, changes, offsets) {
  return changes.some((change) => {
    const start = offsets.get(change.region) + change.from
    const end = offsets.get(change.region) + change.to
    return (change.kind === 'flag' || change.status === 'proposed') && start <= edit.end + 1 && end >= edit.start - 1
  })
}

function nearest(paragraph, texts) {
  const best =
    texts.find((text) => text.startsWith(paragraph.slice(0, 8))) ?? texts.find((text) => text.includes(paragraph.slice(10, 18))) ?? ''
  let at = 0
  while (at < paragraph.length && paragraph[at] === best[at]) at++
  return `…${paragraph.slice(Math.max(0, at - 6), at + 14)}… but …${best.slice(Math.max(0, at - 6), at + 14)}…`
}
