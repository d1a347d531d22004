// Why true lines are missed and found lines are none: what bench/reading.mjs --missed prints and counts.

const area = ({ width, height }) => width * height

function sharedArea(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Share of `part` that lies in `whole`. */
const within = (part, whole) => sharedArea(part, whole) / Math.max(1, area(part))

/**
 * Every missed true line with its cause.
 * @param page with its true `lines`
 * @param found boxes of the found lines
 * @param matched true line → found line
 */
export function missedLines(page, found, matched) {
  return page.lines.flatMap((line, index) => (matched.has(index) ? [] : [{ line, cause: causeOfMiss(line, index, page.lines, found) }]))
}

function causeOfMiss(line, index, lines, found) {
  const over = found.filter((box) => sharedArea(line.box, box) > 0)
  const covered = over.reduce((sum, box) => sum + sharedArea(line.box, box), 0) / Math.max(1, area(line.box))
  if (covered < 0.1) return 'not found'
  const joined = over.some((box) => within(line.box, box) > 0.5 && lines.some((other, k) => k !== index && within(other.box, box) > 0.5))
  if (joined) return 'joined with another'
  const parts = over.filter((box) => within(box, line.box) > 0.5).length
  if (parts > 1) return 'split'
  if (over.some((box) => within(line.box, box) > 0.7)) return 'found too large'
  return parts === 1 ? 'found in part' : 'cut otherwise'
}

/** Every found line that is no true one, with its class. */
export function falseLines(page, found, matched) {
  const used = new Set(matched.values())
  return found.flatMap((box, index) => (used.has(index) ? [] : [{ box, index, cause: causeOfFalse(box, page) }]))
}

/** Longest side of a mark, in ems of the true lines around it. */
const mark = 0.9

function causeOfFalse(box, page) {
  const touched = page.lines.filter((line) => sharedArea(box, line.box) > 0.05 * Math.min(area(box), area(line.box)))
  const held = touched.filter((line) => within(line.box, box) > 0.5)
  if (held.length > 1) return 'join of true lines'
  if (touched.some((line) => within(box, line.box) > 0.5)) return 'part of a true line'
  if (held.length === 1) return 'too large'
  if (touched.length > 0) return 'cut otherwise'
  if (page.pictures.some((picture) => within(box, picture) > 0.5)) return 'inside a picture'
  if (page.pictures.some((picture) => sharedArea(box, grown(picture, page.dpi / 12)) > 0)) return 'fringe of a picture'
  const em = median(page.lines.map((line) => line.size))
  return Math.max(box.width, box.height) < mark * em ? 'short mark of no truth' : 'ink of no truth'
}

const grown = (box, by) => ({ x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by })
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
