/**
 * An engine that cannot do its work: a missing or altered model, a hung worker, a line no engine can hold.
 * The message is one line: what, where, what to do.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError'
}
