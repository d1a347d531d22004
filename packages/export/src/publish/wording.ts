/** The words of our own that stand in books and on the site, beside those of the archive (`wordsFor`). */
export interface Wording {
  readonly page: (label: string) => string
  readonly contents: string
}

const chinese: Wording = { page: (label) => `第${label}版`, contents: '目录' }
const english: Wording = { page: (label) => `Page ${label}`, contents: 'Contents' }

/** The wording for a BCP 47 language: Chinese in either script, else English. */
export function wordingFor(language: string): Wording {
  if (!/^zh\b/i.test(language)) return english
  return /hant|tw|hk|mo/i.test(language) ? { ...chinese, contents: '目錄' } : chinese
}
