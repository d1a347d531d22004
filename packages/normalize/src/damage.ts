import { blockText, memoize, type TextRegion, textRegions } from '@broadsheet/document'
import { type DamagedPlace, damagedPlaces } from './evidence/damaged-places.ts'
import { loadLanguageModel } from './language/load.ts'
import type { Normalized, NormalizeOptions } from './normalize.ts'

export type { DamagedPlace } from './evidence/damaged-places.ts'

/**
 * Every place of a cleaned page in Chinese where a character may be misread or lost, the most probable first, flagged or not: the order in
 * which to look at a page that has to be right throughout. Offsets are UTF-16 units of the clean text of a block.
 */
export function rankDamage(
  { page, changes, blocks }: Normalized,
  options: Pick<NormalizeOptions, 'model' | 'profile'> = {}
): DamagedPlace[] {
  const model = options.model ?? loadLanguageModel()
  return damagedPlaces({
    blocks,
    changes,
    model,
    regions: new Map<string, TextRegion>(textRegions(page).map((region) => [region.id, region])),
    names: new Set([...(options.profile?.names ?? []), ...(model.names ?? [])]),
    textOf: memoize(blockText)
  })
}
