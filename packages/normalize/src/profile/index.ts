export { type Confusion, readConfusion, writeConfusion } from './confusion.ts'
export type { Profile } from './profile.ts'
export { type IssuePages, type ProposedProfile, proposeProfile, type Recurrence } from './propose-profile.ts'
export { readProfile } from './read-profile.ts'
