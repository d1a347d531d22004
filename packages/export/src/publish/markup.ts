import { portable } from '../portable.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** `text` as character data or attribute value of HTML and XML alike: it stays text whatever it looks like. */
export function escapeMarkup(text: string): string {
  return portable(text).replace(/[&<>"']/g, (char) => entities[char]!)
}

/** ` name="value"` for every attribute that has one; `true` gives the bare name, false and undefined nothing. */
export function attributes(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) =>
      value === undefined || value === false ? '' : value === true ? ` ${name}` : ` ${name}="${escapeMarkup(String(value))}"`
    )
    .join('')
}

/** A well-formed BCP 47 tag, or `und`. */
export function languageTag(language: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(language ?? 'und')[0] ?? 'und'
  } catch {
    return 'und'
  }
}

/** A calendar date of ISO 8601 (`2024-03-05`), or undefined for anything else. */
export function calendarDate(date: string | undefined): string | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '')
  if (!match) return undefined
  const day = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date ? undefined : date
}
