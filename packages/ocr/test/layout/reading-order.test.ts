import { expect, test } from 'vitest'
import type { Block } from '../../src/layout/blocks.ts'
import { orderBlocks, otherOrders } from '../../src/layout/reading-order.ts'
import type { Rule } from '../../src/layout/rules.ts'

const em = 20

/** A block of lines 30 high; the letter names it in what is expected. */
function block(name: string, x0: number, y0: number, width: number, lines: number, kind: Block['kind'] = 'text'): Named {
  const size = kind === 'heading' ? 2 * em : em
  const line = (index: number) => ({
    x0,
    x1: x0 + width,
    y0: y0 + index * 30,
    y1: y0 + index * 30 + size,
    area: 1,
    em: size,
    lean: 0
  })
  const all = Array.from({ length: lines }, (_, index) => line(index))
  return { name, kind, em: size, lines: all as unknown as Block['lines'], x0, y0, x1: x0 + width, y1: all.at(-1)!.y1, area: 1 }
}

type Named = Block & { readonly name: string }

const across = (x0: number, x1: number, y: number): Rule => ({ x0, x1, y0: y, y1: y + 2, area: 1, across: true }) as Rule
const down = (x: number, y0: number, y1: number): Rule => ({ x0: x, x1: x + 2, y0, y1, area: 1, across: false }) as Rule

function orderOf(blocks: readonly Named[], rules: readonly Rule[] = [], pictures: readonly Block[] = []): string {
  return orderBlocks([...blocks].reverse(), { rules, pictures, turned: false, em })
    .map((ordered) => (ordered.block as Named).name)
    .join(' ')
}

test('a fold across the page that runs through the rules between columns parts nothing', () => {
  const columns = ['A', 'B', 'C'].flatMap((name, index) => [
    block(`${name}1`, index * 330, 0, 300, 9),
    block(`${name}2`, index * 330, 290, 300, 9)
  ])
  const rules = [down(314, 0, 550), down(644, 0, 550), across(-50, 1010, 276)]
  expect(orderOf(columns, rules)).toBe('A1 A2 B1 B2 C1 C2')
  expect(orderOf(columns, [across(-50, 1010, 276)])).toBe('A1 B1 C1 A2 B2 C2')
})

test('the last column of an article is read with it, not with the article below that column', () => {
  const page = [
    block('first', 0, 0, 600, 1, 'heading'),
    block('A', 0, 60, 300, 8),
    block('B', 330, 60, 300, 8),
    block('C', 660, 60, 300, 3),
    block('second', 0, 500, 600, 1, 'heading'),
    block('D', 0, 560, 300, 8),
    block('E', 330, 560, 300, 8),
    block('third', 660, 500, 300, 1, 'heading'),
    block('F', 660, 560, 300, 8)
  ]
  expect(orderOf(page)).toBe('first A B C second D E third F')
})

test('a caption follows the article round its picture, not what stands below a rule', () => {
  const page = [
    block('head', 0, 0, 630, 1, 'heading'),
    block('A', 0, 60, 300, 14),
    block('caption', 330, 460, 300, 1, 'caption'),
    block('B', 0, 560, 300, 5),
    block('C', 330, 560, 300, 5)
  ]
  const picture = block('', 330, 60, 300, 13)
  expect(orderOf(page, [across(0, 630, 520)], [picture])).toBe('head A caption B C')
})

test('pieces of captions that stand level are read from left to right', () => {
  const page = [block('A', 0, 0, 300, 9), block('left', 330, 252, 120, 1, 'caption'), block('right', 480, 248, 150, 1, 'caption')]
  expect(orderOf(page)).toBe('A left right')
})

test('a pull quote between two rules does not end its column', () => {
  const quote = (lines: number) => [
    block('head', 0, 0, 630, 1, 'heading'),
    block('A', 0, 60, 300, 5),
    block('quote', 40, 250, 220, lines, 'heading'),
    block('B', 0, 400, 300, 5),
    block('C', 330, 60, 300, 16)
  ]
  expect(orderOf(quote(2), [across(0, 300, 230), across(0, 300, 380)])).toBe('head A B C quote')
  expect(orderOf(quote(2), [across(0, 300, 230)])).toBe('head A quote B C')
})

test('a folio at the foot is read first where the head of the page has none', () => {
  const page = [
    block('head', 0, 0, 630, 1, 'heading'),
    block('A', 0, 60, 300, 9),
    block('B', 330, 60, 300, 9),
    block('date', 0, 400, 150, 1),
    block('number', 560, 400, 70, 1)
  ]
  const named = [block('paper', 0, -100, 150, 1), block('day', 500, -100, 130, 1)]
  expect(orderOf(page, [across(0, 630, 380)])).toBe('date number head A B')
  expect(orderOf([...named, ...page], [across(0, 630, 380)])).toBe('paper day head A B date number')
})

test('a table is read with its title and note', () => {
  const page = ['A', 'B'].flatMap((name, index) => [
    block(`title ${name}`, index * 400 + 50, 0, 200, 1, 'heading'),
    block(`table ${name}`, index * 400, 60, 350, 6, 'table'),
    block(`note ${name}`, index * 400, 250, 200, 1)
  ])
  expect(orderOf(page, [across(0, 350, 50), across(400, 750, 50)])).toBe('title A table A note A title B table B note B')
})

/** A line that runs down, 40 wide. */
function downLine(name: string, x0: number, y0: number, height: number): Named {
  const line = { x0, x1: x0 + 40, y0, y1: y0 + height, area: 1, em: 40, lean: 0, upright: true }
  return { ...line, name, kind: 'heading', lines: [line] as unknown as Block['lines'] }
}

test('a headline that runs down at the right of its text is read before it, its lines from right to left', () => {
  const text = [block('A', 0, 0, 300, 12), block('B', 330, 0, 300, 12)]
  const head = [downLine('second', 700, 0, 300), downLine('first', 760, 0, 330)]
  expect(orderOf([...text, ...head])).toBe('first second A B')
  expect(orderOf([...text, ...head, block('C', 660, 340, 300, 1)])).toBe('first second A B C')
})

test('where the text has a headline of its own, one that runs down beside it belongs to what stands below it', () => {
  const page = [
    block('own', 0, 0, 630, 1, 'heading'),
    block('A', 0, 60, 300, 12),
    block('B', 330, 60, 300, 12),
    downLine('other', 760, 0, 150),
    block('C', 660, 170, 300, 8)
  ]
  expect(orderOf(page)).toBe('own A B other C')
})

test('a page number of one digit is part of the folio at the foot', () => {
  const number: Named = { ...block('number', 440, 560, 18, 1), y1: 578 }
  const page = [block('A', 0, 0, 300, 16), block('B', 330, 0, 300, 16), block('C', 660, 0, 300, 16)]
  const foot = [block('date', 0, 560, 150, 1), number, block('paper', 810, 560, 150, 1)]
  expect(orderOf([...page, ...foot], [across(0, 960, 530)])).toBe('date number paper A B C')
})

test('a bit of false ink between two columns does not keep them together', () => {
  const page = [
    block('head', 0, 40, 630, 1, 'heading'),
    block('A', 0, 130, 300, 14),
    block('B', 330, 130, 300, 14),
    block('C1', 660, 0, 300, 4),
    block('false', 600, 300, 90, 1),
    block('C2', 660, 400, 300, 5)
  ].map((each) => (each.name === 'B' ? block('B', 330, 400, 300, 5) : each))
  expect(orderOf(page).replace(' false', '')).toBe('head A B C1 C2')
})

test('a byline that stands in the middle over two columns is read before both', () => {
  const page = [
    block('head', 0, 0, 630, 1, 'heading'),
    block('byline', 250, 60, 130, 1),
    block('A', 0, 110, 300, 14),
    block('B', 330, 110, 300, 14)
  ]
  expect(orderOf(page)).toBe('head byline A B')
})

test('goods side by side are read one by one, each with its price', () => {
  const names = ['N1', 'N2', 'N3'].map((name, index) => block(name, index * 300 + 20, 100, 160, 1))
  const prices = ['P1', 'P2', 'P3'].map((name, index) => block(name, index * 300 + 50, 160, 100, 1, 'heading'))
  const page = [
    block('sale', 0, 0, 200, 1, 'heading'),
    block('until', 700, 10, 150, 1),
    ...names,
    ...prices,
    block('shops', 250, 260, 360, 1)
  ]
  expect(orderOf(page)).toBe('sale until N1 P1 N2 P2 N3 P3 shops')
})

test('a headline over the middle, where the picture is, heads the text beside', () => {
  const page = [block('head', 320, 0, 280, 2, 'heading'), block('A', 0, 120, 250, 8), block('B', 650, 120, 250, 8)]
  expect(orderOf(page)).toBe('head A B')
})

test('a headline that runs down in a box is read first, whatever stands above the box', () => {
  const line = { ...block('down', 480, 80, 60, 1, 'heading') }
  const upright = { ...line, y1: 380, em: 60, lines: [{ ...line.lines[0]!, y1: 380, em: 60, upright: true }] } as unknown as Named
  const page = [block('folio', 0, 0, 300, 1, 'heading'), block('A', 20, 60, 200, 12), block('B', 250, 60, 200, 12), upright]
  const box = [across(0, 600, 45), across(0, 600, 440), down(0, 45, 440), down(600, 45, 440)]
  expect(orderOf([...page, block('below', 0, 500, 600, 3)], box)).toBe('folio down A B below')
})

test('where rows and columns are nearly as good, the other order is kept, and the first is less sure', () => {
  const page = [block('A', 0, 0, 300, 4), block('B', 330, 0, 300, 4), block('C', 0, 220, 300, 4), block('D', 330, 220, 300, 4)]
  const context = { rules: [], pictures: [], turned: false, em }
  const namesOf = (blocks: readonly Block[]) => blocks.map((each) => (each as Named).name).join(' ')
  const first = orderBlocks(page, context)
  const [other, ...more] = otherOrders(page, context)
  expect([namesOf(first.map(({ block: each }) => each)), namesOf(other!.blocks), more]).toEqual(['A C B D', 'A B C D', []])
  expect(other!.confidence).toBeLessThan(0.5)
  expect(first.every(({ confidence }) => confidence <= 1 - other!.confidence)).toBe(true)
})

test('where one way is plain there is no other order', () => {
  const page = [block('A', 0, 0, 300, 9), block('B', 330, 100, 300, 9), block('C', 0, 300, 300, 9)]
  expect(otherOrders(page, { rules: [down(314, 0, 580)], pictures: [], turned: false, em })).toEqual([])
})

test('a picture that rules part from all text is read in its place, with its caption', () => {
  const picture = { ...block('picture', 330, 60, 300, 1), y1: 380 }
  const page = [
    block('A', 0, 60, 300, 5),
    block('second', 0, 250, 300, 1, 'heading'),
    block('B', 0, 310, 300, 3),
    block('caption', 330, 390, 300, 1, 'caption'),
    block('third', 660, 60, 300, 1, 'heading'),
    block('C', 660, 120, 300, 8)
  ]
  const walls = [down(314, 40, 420), down(644, 40, 420)]
  expect(orderOf(page, walls, [picture])).toBe('A second B caption third C')
  expect(orderOf(page, [walls[1]!], [picture])).toBe('A caption second B third C')
})

test('a caption in a printed box stays in it', () => {
  const picture = { ...block('picture', 400, 60, 180, 1), y1: 300 }
  const page = [
    block('A', 20, 60, 200, 4),
    block('caption', 400, 310, 180, 1, 'caption'),
    block('B', 620, 60, 300, 9),
    block('C', 0, 500, 600, 3)
  ]
  const box = [across(0, 600, 45), across(0, 600, 440), down(0, 45, 440), down(600, 45, 440)]
  expect(orderOf(page, box, [picture])).toBe('A caption C B')
})

test('rows of two columns that a fold joined head nothing: a rule between columns runs through them', () => {
  const page = [
    block('A', 0, 0, 300, 14),
    block('B', 330, 0, 300, 14),
    block('joined', 0, 430, 630, 1, 'heading'),
    block('C', 0, 350, 300, 14),
    block('D', 330, 350, 300, 14)
  ]
  expect(orderOf(page, [down(314, 0, 900)])).toBe('A C B joined D')
  expect(orderOf(page)).toBe('A B joined C D')
})

test('a headline that runs down at the right heads the columns up to the rule that parts two articles, no farther', () => {
  const page = [
    block('other', 0, 0, 300, 14),
    block('A', 330, 0, 300, 14),
    block('B', 660, 0, 300, 14),
    downLine('down', 980, 0, 300),
    block('C', 980, 320, 100, 3)
  ]
  expect(orderOf(page, [down(314, 0, 420)])).toBe('other down A B C')
  expect(orderOf(page)).toBe('down other A B C')
})

test('a slogan that runs down beside what has a headline of its own does not come first', () => {
  const page = [block('title', 100, 0, 400, 1, 'heading'), block('text', 100, 80, 400, 3), downLine('slogan', 700, 0, 170)]
  expect(orderOf(page)).toBe('title text slogan')
})

test('pieces of one deck are read together', () => {
  const title = { ...block('title', 0, 0, 960, 1, 'heading'), em: 60 }
  const deck = [block('one', 0, 70, 320, 1, 'heading'), block('two', 370, 70, 300, 1, 'heading')]
  const columns = [block('A', 0, 140, 300, 8), block('B', 330, 140, 300, 8), block('C', 660, 140, 300, 8)]
  expect(orderOf([title, ...deck, ...columns])).toBe('title one two A B C')
})

test('the name of the paper is read before the boxes beside it', () => {
  const name = { ...block('name', 300, 0, 600, 1, 'heading'), em: 90, y1: 90 }
  const page = [block('fine', 0, 10, 200, 2), name, block('late', 1000, 10, 200, 2), block('text', 0, 160, 1200, 9)]
  expect(orderOf(page, [across(0, 1200, 120)])).toBe('name fine late text')
  expect(orderOf(page)).toBe('fine name late text')
})

test('columns that reach into each other a little, as on a bent sheet, are columns', () => {
  const page = [block('A', 0, 0, 300, 9), block('A2', 0, 290, 304, 9), block('B', 302, 0, 300, 9), block('B2', 296, 290, 300, 9)]
  expect(orderOf(page)).toBe('A A2 B B2')
})

test('rows of articles are told by white across at which the rules between columns end', () => {
  const article = (name: string, x: number, y: number): Named[] => [block(`${name}1`, x, y, 140, 6), block(`${name}2`, x + 170, y, 140, 6)]
  const page = [...article('A', 0, 0), ...article('B', 350, 0), ...article('C', 0, 220), ...article('D', 350, 220)]
  const broken = [down(330, 0, 175), down(330, 215, 400)]
  expect(orderOf(page, broken)).toBe('A1 A2 B1 B2 C1 C2 D1 D2')
  expect(orderOf(page, [down(330, 0, 400)])).toBe('A1 C1 A2 C2 B1 D1 B2 D2')
})

test('a headline that runs down heads what begins level with it, not the columns above', () => {
  const page = [
    block('A', 0, 0, 300, 6),
    block('B', 330, 0, 300, 6),
    block('C', 0, 200, 300, 9),
    block('D', 330, 200, 300, 3),
    downLine('title', 680, 200, 260)
  ]
  expect(orderOf(page)).toBe('A B title C D')
})

test('one headline alone over columns that begin level below it heads them all', () => {
  const page = [
    block('title', 300, 0, 330, 1, 'heading'),
    block('A', 0, 60, 300, 6),
    block('B', 330, 60, 300, 6),
    block('C', 660, 90, 300, 3)
  ]
  expect(orderOf(page)).toBe('title A B C')
})

test('pieces of a fold between the columns of a headline do not part them', () => {
  const page = [
    block('top', 0, 0, 960, 2),
    block('title', 330, 150, 300, 1, 'heading'),
    block('A', 0, 210, 300, 8),
    block('B', 330, 210, 300, 8),
    block('C', 0, 520, 300, 8),
    block('D', 330, 520, 300, 8)
  ]
  const rules = [across(0, 960, 80), across(0, 960, 100), across(0, 960, 490), down(314, 0, 165), down(316, 170, 700)]
  expect(orderOf(page, rules)).toBe('top title A B C D')
})

test('a heading beside a column does not cut it between two of its lines', () => {
  const page = [
    block('C1', 660, 0, 300, 1),
    block('title', 0, 22, 630, 1, 'heading'),
    block('C2', 660, 30, 300, 9),
    block('A', 0, 90, 300, 7),
    block('B', 330, 90, 300, 7)
  ]
  expect(orderOf(page)).toBe('title A B C1 C2')
})

test('a caption goes with its article, not with one that stands beyond a rule and to one side', () => {
  const picture = { ...block('', 0, 60, 630, 1), y1: 360 }
  const page = [
    block('title', 0, 0, 960, 1, 'heading'),
    block('caption', 0, 370, 140, 1, 'caption'),
    block('A', 660, 60, 300, 11),
    block('B', 0, 460, 140, 9),
    block('C', 170, 460, 790, 9)
  ]
  expect(orderOf(page, [across(0, 960, 420), down(154, 430, 740)], [picture])).toBe('title A caption B C')
})

test('a headline heads the columns beside its picture too, and what broke off its last line goes with it', () => {
  const picture = { ...block('', 200, 120, 560, 1), y1: 300 }
  const page = [
    block('title', 280, 0, 400, 1, 'heading'),
    block('end', 500, 60, 180, 1, 'heading'),
    block('deck', 280, 62, 180, 1),
    block('A', 0, 120, 180, 8),
    block('B', 780, 120, 180, 8)
  ]
  expect(orderOf(page, [], [picture])).toMatch(/^title (deck end|end deck) A B$/)
})

test('a caption at the other side of the page stays above the rule across that ends its article', () => {
  const picture = { ...block('', 800, 60, 160, 1), y1: 200 }
  const page = [
    block('title', 0, 0, 400, 1, 'heading'),
    block('A', 0, 60, 160, 6),
    block('caption', 800, 210, 160, 1, 'caption'),
    block('B', 0, 290, 960, 6)
  ]
  expect(orderOf(page, [across(0, 960, 260)], [picture])).toBe('title A caption B')
})

test('a strip of light type on dark ground is read before what stands below it', () => {
  const light = (each: Named): Named => ({ ...each, lines: each.lines.map((line) => ({ ...line, reversed: true })) })
  const page = [
    light(block('phone', 600, 0, 300, 1, 'heading')),
    block('kicker', 0, 80, 300, 1, 'heading'),
    block('title', 0, 130, 400, 1, 'heading')
  ]
  expect(orderOf(page)).toBe('phone kicker title')
  const dark = page.map((each) => (each.name === 'phone' ? block('phone', 600, 0, 300, 1, 'heading') : each))
  expect(orderOf(dark)).toBe('kicker title phone')
})

test('what stands at the foot below columns that end level goes on with none of them', () => {
  const columns = [block('A', 0, 0, 300, 9), block('B', 330, 0, 300, 9)]
  expect(orderOf([...columns, block('foot', 0, 290, 280, 1)])).toBe('A B foot')
  expect(orderOf([block('A', 0, 0, 300, 6), block('B', 330, 0, 300, 9), block('note', 0, 190, 280, 1)])).toBe('A note B')
})

test('a rule between columns right beside a printed box is no side of it', () => {
  const page = [
    block('A', 0, 0, 300, 5),
    block('B', 360, 0, 300, 5),
    block('box', 20, 190, 260, 6),
    block('C', 360, 180, 300, 7),
    block('D', 0, 440, 300, 5),
    block('E', 360, 440, 300, 5)
  ]
  const box = [across(0, 310, 172), across(0, 310, 400), down(0, 172, 400), down(310, 172, 400)]
  expect(orderOf(page, [...box, down(322, 174, 398)])).toBe('A B box C D E')
})

test('a headline that runs down at the left, right below columns that end level, begins a row of its own', () => {
  const columns = ['A', 'B', 'C'].map((name, index) => block(name, index * 330, 0, 300, 6))
  const head = [downLine('second', 60, 200, 260), downLine('first', 120, 200, 260)]
  const beside = [block('D', 330, 200, 300, 9), block('credit', 800, 200, 80, 1)]
  expect(orderOf([...columns, ...head, ...beside])).toBe('A B C first second D credit')
})

test('a kicker stays with its headline where a credit stands in the last column above', () => {
  const page = [
    block('head', 0, 0, 960, 1, 'heading'),
    ...['A', 'B'].map((name, index) => block(name, index * 330, 60, 300, 2)),
    block('credit', 880, 70, 80, 1),
    block('kicker', 420, 150, 100, 1, 'heading'),
    block('title', 340, 200, 280, 1, 'heading'),
    ...['C', 'D', 'E'].map((name, index) => block(name, index * 330, 270, 300, 3))
  ]
  expect(orderOf(page)).toBe('head A B credit kicker title C D E')
})

test('a credit above the picture in the last column is read with that column, not before the headline beside it', () => {
  const page = [
    block('credit', 1190, 0, 100, 1),
    block('title', 0, 50, 960, 1, 'heading'),
    ...['A', 'B', 'C'].map((name, index) => block(name, index * 330, 130, 300, 9))
  ]
  expect(orderOf(page, [], [block('', 990, 40, 300, 12)])).toBe('title A B C credit')
})

test('light type on dark ground below a table is no note of it', () => {
  const light = (each: Named): Named => ({ ...each, lines: each.lines.map((line) => ({ ...line, reversed: true })) })
  const page = [
    block('table', 0, 60, 300, 6, 'table'),
    block('head', 330, 0, 600, 1, 'heading'),
    block('A', 330, 60, 300, 6),
    block('B', 660, 60, 300, 6),
    light(block('place', 200, 270, 100, 1)),
    light(block('fair', 100, 310, 300, 1, 'heading'))
  ]
  expect(orderOf(page, [down(314, 0, 240)])).toBe('table head A B place fair')
})

test('a caption follows its article, not the printed box beside it whose title is in the type of text', () => {
  const page = [
    block('head', 0, 0, 960, 1, 'heading'),
    block('A', 0, 60, 300, 1),
    block('caption', 0, 400, 300, 1, 'caption'),
    block('B', 330, 60, 300, 12),
    block('C', 660, 60, 300, 12),
    block('title', 1020, 20, 200, 1),
    block('D', 1020, 80, 300, 12)
  ]
  const box = [across(1000, 1340, -10), across(1000, 1340, 480), down(1000, -10, 480), down(1340, -10, 480)]
  expect(orderOf(page, box, [block('', 0, 100, 300, 10)])).toBe('head A B C caption title D')
})
