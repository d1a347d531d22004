import type { Rule } from '../rule.ts'
import { advert } from './advert.ts'
import { banner } from './banner.ts'
import { caption } from './caption.ts'
import { credit } from './credit.ts'
import { crosshead, crossheadByWords } from './crosshead.ts'
import { folio } from './folio.ts'
import { heading } from './heading.ts'
import { houseLines } from './house-lines.ts'
import { inlineJump } from './inline-jump.ts'
import { jumpLine } from './jump-line.ts'
import { masthead } from './masthead.ts'
import { noise } from './noise.ts'
import { note } from './note.ts'
import { poster } from './poster.ts'
import { runOnCredit } from './run-on-credit.ts'
import { runOnCrosshead } from './run-on-crosshead.ts'
import { runOnHeading } from './run-on-heading.ts'
import { table } from './table.ts'

/** What a block is: the first rules of every run, surest first. `crosshead-by-words` has to wait until broken paragraphs are whole. */
export const labelRules: readonly Rule[] = [
  noise,
  houseLines,
  jumpLine,
  folio,
  masthead,
  credit,
  poster,
  table,
  note,
  caption,
  advert,
  heading,
  crosshead,
  banner,
  inlineJump,
  runOnHeading,
  runOnCredit,
  runOnCrosshead,
  crossheadByWords
]
