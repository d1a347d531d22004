// Errors of layout put into pages whose boxes are known, and which alarms are right on a page nobody has touched.
const toBox = ([x0, y0, x1, y1]) => ({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })
const headings = new Set(['headline', 'kicker', 'subhead', 'deck', 'title'])

/** The page as a perfect program would have read it: every paragraph of a column a region, every line and character its box. */
export function perfectPage({ id, truth, language }) {
  const lines = new Map(truth.lines.map((line) => [line.id, line]))
  const regions = [...truth.blocks]
    .sort((a, b) => a.order - b.order)
    .flatMap((block) =>
      paragraphLines(block.lines.map((line) => lines.get(line)).filter((line) => line.text.trim() !== '')).map((part, index) => ({
        type: 'text',
        id: `${block.id}-${index + 1}`,
        role: block.kind === 'text' ? 'paragraph' : headings.has(block.kind) ? 'heading' : 'caption',
        article: block.article,
        box: part.map((line) => toBox(line.bbox)).reduce(unite),
        lines: part.map(perfectLine)
      }))
    )
  const { width, height, dpi } = truth.image
  return { id, language, image: { href: truth.image.file, width, height, dpi }, regions, processing: [] }
}

/** Lines of a block, paragraph by paragraph. */
function paragraphLines(lines) {
  const parts = [[]]
  for (const line of lines) {
    parts.at(-1).push(line)
    if (line.endsParagraph) parts.push([])
  }
  return parts.filter((part) => part.length > 0)
}

function perfectLine(line) {
  const glyphs = (line.chars ?? []).flatMap((box, index) => (box ? [{ text: [...line.text][index], box: toBox(box), confidence: 1 }] : []))
  return {
    id: line.id,
    text: line.text,
    box: toBox(line.bbox),
    emPx: line.sizePx,
    ...(glyphs.length > 0 ? { words: [{ text: line.text, box: toBox(line.bbox), confidence: 1, glyphs }] } : {}),
    ...(line.orientation === 'vertical' ? { direction: 'vertical-rl' } : {})
  }
}

const isVertical = (line) => line.direction === 'vertical-rl'
/** [from, to] along the line and [top, bottom] across it. */
function spanOf(line) {
  const { x, y, width, height } = line.box
  return isVertical(line) ? { from: y, to: y + height, top: x, bottom: x + width } : { from: x, to: x + width, top: y, bottom: y + height }
}
function unite(a, b) {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y }
}
export function overlap(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

const textRegionsOf = (page) => page.regions.filter((region) => region.type === 'text')
const paragraphsOf = (page) => textRegionsOf(page).filter((region) => region.role === 'paragraph' && region.lines.every((line) => line.box))
const withRegions = (page, change) => ({ ...page, regions: page.regions.flatMap((region) => change(region) ?? []) })
const every = (list, step) => list.filter((_, index) => index % step === 0)

/** Every fourth line that has a neighbour in the next column is read with it as one. */
function linesAcross(page) {
  const lines = paragraphsOf(page).flatMap((region) => region.lines.map((line) => ({ region, line })))
  const pairs = lines.flatMap(({ region, line }) => {
    const own = spanOf(line)
    const height = own.bottom - own.top
    const next = lines.find((other) => {
      const there = spanOf(other.line)
      return (
        other.region !== region &&
        isVertical(other.line) === isVertical(line) &&
        Math.abs(there.top - own.top) < height * 0.5 &&
        there.from > own.to &&
        there.from - own.to < height * 4 &&
        Math.abs(there.bottom - there.top - height) < height * 0.3
      )
    })
    return next ? [{ region, line, next }] : []
  })
  return every(pairs, 4).map(({ region, line, next }) => {
    const { words: _words, ...plain } = line
    const merged = { ...plain, text: line.text + next.line.text, box: unite(line.box, next.line.box) }
    return {
      page: withRegions(page, (one) => {
        if (one === region) return { ...one, lines: one.lines.map((own) => (own === line ? merged : own)) }
        if (one === next.region) return { ...one, lines: one.lines.filter((own) => own !== next.line) }
        return one
      }),
      isFound: (error) => error.place === line.id
    }
  })
}

/** Two blocks of one column, one directly below the other, are read in the other order. */
function swappedBlocks(page) {
  const regions = paragraphsOf(page)
  return regions.flatMap((upper, index) => {
    const lower = regions[index + 1]
    if (!lower || lower.article !== upper.article) return []
    const [a, b] = [spanOf({ ...upper.lines[0], box: upper.box }), spanOf({ ...lower.lines[0], box: lower.box })]
    if (isVertical(upper.lines[0]) || isVertical(lower.lines[0])) return []
    const shared = Math.min(a.to, b.to) - Math.max(a.from, b.from)
    if (b.top < a.bottom - 5 || b.top > a.bottom + 3 * (upper.lines[0].emPx ?? 30) || shared < 0.6 * Math.min(a.to - a.from, b.to - b.from))
      return []
    const swapped = withRegions(page, (one) => (one === upper ? lower : one === lower ? upper : one))
    return [{ page: swapped, isFound: (error) => [upper.id, lower.id].includes(error.place) }]
  })
}

/** A paragraph is read far away from its place: at the end of the page, or first of all. */
function strayedBlocks(page) {
  const regions = paragraphsOf(page)
  return every(regions.slice(1, -1), 3).map((region, index) => {
    const others = page.regions.filter((one) => one !== region)
    const at = index % 2 === 0 ? others.length : 0
    return {
      page: { ...page, regions: [...others.slice(0, at), region, ...others.slice(at)] },
      isFound: (error) => overlap(error.box, grown(region)) > 0
    }
  })
}

/** A region's box with what touches it: which of two neighbours is out of place no geometry can say. */
function grown({ box, lines }) {
  const em = lines[0].emPx ?? 30
  return { x: box.x - em * 2, y: box.y - em * 2, width: box.width + em * 4, height: box.height + em * 4 }
}

/** Every fifth paragraph of two lines or more is not read at all. */
function unreadBlocks(page) {
  return every(
    paragraphsOf(page).filter((region) => region.lines.length >= 2),
    5
  ).map((region) => {
    const box = region.lines.map((line) => line.box).reduce(unite)
    return { page: withRegions(page, (one) => (one === region ? undefined : one)), isFound: (error) => overlap(error.box, box) > 0 }
  })
}

/** Every eleventh line's box lies in the margin. */
function strayedBoxes(page) {
  return every(
    paragraphsOf(page).flatMap((region) => region.lines.map((line) => ({ region, line }))),
    11
  ).map(({ region, line }) => ({
    page: withRegions(page, (one) =>
      one === region
        ? { ...one, lines: one.lines.map((own) => (own === line ? { ...own, words: [], box: { ...own.box, x: 4, y: 4 } } : own)) }
        : one
    ),
    isFound: (error) => error.place === line.id
  }))
}

/** All boxes of the page are those of another resolution, or of an image cut otherwise. */
function foreignBoxes(page) {
  const em = paragraphsOf(page)[0]?.lines[0]?.emPx ?? 30
  const moves = [
    (box) => ({ x: box.x / 2, y: box.y / 2, width: box.width / 2, height: box.height / 2 }),
    (box) => ({ x: box.x * 1.5, y: box.y * 1.5, width: box.width * 1.5, height: box.height * 1.5 }),
    (box) => ({ ...box, x: box.x + 6 * em, y: box.y + 4.6 * em })
  ]
  return moves.map((move) => ({
    page: withRegions(page, (region) =>
      region.type === 'text'
        ? {
            ...region,
            ...(region.box ? { box: move(region.box) } : {}),
            lines: region.lines.map(({ words: _words, ...line }) => (line.box ? { ...line, box: move(line.box) } : line))
          }
        : { ...region, box: move(region.box) }
    ),
    isFound: () => true
  }))
}

/** What is put in, the kind of alarm that should come, and whether it takes the picture to see it. */
export const injections = [
  { name: 'line across two columns', kind: 'line-across-columns', inject: linesAcross },
  { name: 'two blocks of a column swapped', kind: 'order', inject: swappedBlocks },
  { name: 'a block read far from its place', kind: 'order', inject: strayedBlocks },
  { name: 'a paragraph not read', kind: 'unread-ink', inject: unreadBlocks },
  { name: 'a line’s box in the margin', kind: 'box-off-ink', inject: strayedBoxes },
  { name: 'all boxes of another image', kind: 'box-off-ink', inject: foreignBoxes }
]

/** Whether an alarm on an untouched reading is right, by the truth of the page. */
export function isRight(error, page, truth) {
  const lines = truth.lines.filter((line) => line.text.trim() !== '').map((line) => ({ ...line, box: toBox(line.bbox) }))
  const area = (box) => box.width * box.height
  if (error.kind === 'box-off-ink') return !lines.some((line) => overlap(line.box, error.box) > 0.3 * area(error.box))
  if (error.kind === 'unread-ink') {
    const read = textRegionsOf(page).flatMap((region) => region.lines.flatMap((line) => line.box ?? []))
    const covered = (box) => Math.max(0, ...read.map((one) => overlap(one, box))) / area(box)
    return lines.some((line) => overlap(line.box, error.box) > 0.3 * area(line.box) && covered(line.box) < 0.5)
  }
  if (error.kind === 'line-across-columns') {
    const under = lines.filter((line) => overlap(line.box, error.box) > 0.5 * area(line.box))
    return under.some((a) =>
      under.some((b) => a !== b && a.block !== b.block && overlap({ ...a.box, x: 0, width: 1e6 }, b.box) > 0.3 * area(b.box))
    )
  }
  return isDisorder(error, page, lines, truth)
}

/** Some line of the accused region stands, by the truth, before a line that the page reads earlier, in the same article. */
function isDisorder(error, page, lines, truth) {
  const rank = new Map(
    [...truth.blocks]
      .sort((a, b) => a.order - b.order)
      .flatMap((block) => block.lines)
      .map((id, index) => [id, index])
  )
  const regions = textRegionsOf(page)
  const truthOf = (region) =>
    region.lines.flatMap((line) => {
      const best = lines.reduce((top, one) => {
        const shared = overlap(one.box, line.box ?? one.box)
        return shared > (top?.shared ?? 0.5 * area(one.box)) ? { one, shared } : top
      }, undefined)
      return best ? [best.one] : []
    })
  const area = (box) => box.width * box.height
  const at = regions.findIndex((region) => region.id === error.place)
  if (at < 0) return false
  const own = truthOf(regions[at])
  const before = regions.slice(0, at).flatMap(truthOf)
  const after = regions.slice(at + 1).flatMap(truthOf)
  const same = (a, b) => a.article === b.article && a.article != null
  return own.some(
    (line) =>
      before.some((other) => same(other, line) && rank.get(other.id) > rank.get(line.id)) ||
      after.some((other) => same(other, line) && rank.get(other.id) < rank.get(line.id))
  )
}
