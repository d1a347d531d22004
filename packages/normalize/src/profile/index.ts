/** What is known of a title beforehand: its house rules. */
export interface Profile {
  /** Names and terms that are right as they stand. */
  readonly names?: readonly string[]
}
