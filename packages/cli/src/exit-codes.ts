/** Every way the command can end; `docs/errors.md` explains each. The table of OCRmyPDF, with 2 for usage as most tools have it. */
export const exitCodes = {
  ok: 0,
  /** `diff`: the texts differ. `verify`: the bag is not valid. `clean --check`: there is something to change. */
  different: 1,
  usage: 2,
  missingDependency: 3,
  /** Our own output did not balance or did not validate: a fault of Broadsheet. */
  invalidOutput: 4,
  fileAccess: 5,
  /** Some pages failed, the others are done. */
  partial: 6,
  engine: 7,
  invalidConfig: 9,
  /** Another run is writing to the same output. */
  busy: 11,
  other: 15,
  hungUp: 129,
  interrupted: 130,
  terminated: 143
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
