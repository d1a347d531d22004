import type { Block } from '@broadsheet/document'

/** Offsets in a block's text where one region ends and another begins. */
export function jointsOf(block: Block): number[] {
  const joints: number[] = []
  let at = 0
  let region: string | undefined
  for (const piece of block.pieces) {
    if ('region' in piece) {
      if (region !== undefined && piece.region !== region) joints.push(at)
      region = piece.region
    }
    at += piece.text.length
  }
  return joints
}
