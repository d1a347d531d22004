import { type CleanPage, checkConservation } from '@broadsheet/document'
import { exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'

/** @throws Failure when a character of the page is lost or invented. */
export function balance(clean: CleanPage): CleanPage {
  const [first] = checkConservation(clean.page, clean.blocks, clean.changes)
  if (first)
    throw new Failure(
      `${clean.page.id} does not balance at ${first.place}: ${first.message} This is a bug: please report the page.`,
      exitCodes.invalidOutput
    )
  return clean
}
