/** Something that is wrong with a bundle (`error`), or bad practice (`warning`). */
export interface Finding {
  readonly level: 'error' | 'warning'
  readonly kind: 'missing' | 'altered' | 'extra' | 'unsafe' | 'format' | 'fetch' | 'lint'
  /** Path inside the bundle, where one is concerned. */
  readonly path?: string
  readonly message: string
  /** The validation code of the OCFL specification: `E092`, `W004`. */
  readonly code?: string
}

/** What `verify` says of a bundle: data, never an exception, however hostile it is. */
export interface VerifyReport {
  readonly format: 'bagit' | 'ocfl' | 'unknown'
  /** `0.97`, `1.0`, …; absent when the declaration is missing or unreadable. */
  readonly version?: string
  /** No errors. */
  readonly ok: boolean
  readonly files: number
  readonly bytes: number
  readonly findings: readonly Finding[]
}

export function error(kind: Finding['kind'], message: string, path?: string): Finding {
  return { level: 'error', kind, message, ...(path === undefined ? {} : { path }) }
}

export function warning(message: string, path?: string): Finding {
  return { level: 'warning', kind: 'lint', message, ...(path === undefined ? {} : { path }) }
}
