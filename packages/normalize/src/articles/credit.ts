import type { Credit } from '@broadsheet/document'
import { splitRunOfNames } from './surnames.ts'

type CreditRole = Credit['role']

/** Longest line that is still read as a credit. */
const longestCredit = 90

/** Words that say what a person did, longest first where one begins another. */
const roleWords: readonly (readonly [words: string, role: CreditRole])[] = [
  ['(?:首席|见习|見習|实习|實習|特约|特約|特派|驻站|本报|本報)?(?:记者|記者)', 'reporter'],
  ['(?:特约|特約)?(?:通讯员|通訊員)|特约撰稿人?', 'correspondent'],
  ['责任编辑|責任編輯|值班编辑|本版编辑|本期编辑|责编|編輯|编辑|主编|值班主任|值班总编|编审|审读', 'editor'],
  ['美术编辑|版面设计|版式设计|本版美编|美编|美編|版式|组版|排版|制图|製圖|设计|設計|绘图|漫画', 'designer'],
  ['校对|校對|检校|实习生|整理|统筹|策划|监制|主持人?|校检', 'other'],
  ['摄影报道|摄影|攝影|图片|供图|摄', 'photographer'],
  ['特约评论员|评论员|評論員|撰文|撰稿|作者|執筆|执笔|供稿|口述|读者|讀者', 'author'],
  ['编译|翻译|翻譯', 'translator']
]

const roleWord = new RegExp(roleWords.map(([words]) => `(${words})`).join('|'), 'g')
const organisation =
  /^[\p{Script=Han}A-Za-z·（）()]{0,24}(?:报|報|社|台|中心|网|客户端|杂志|周刊|集团|频道|编辑部|本刊|新华|局|院|委|会|部|馆|校|大学|公司|厅|办|队|所)(?:驻[\p{Script=Han}]{1,4})?$/u
/** Words that follow 读者, 作者 and the like in a heading and are no names. */
const noName = /^(?:来信|來信|來函|来函|之声|来电|问答|园地|投稿|俱乐部|热线|手记|札记|团队|协会|说|说道|表示|介绍)$/u
const hanName = /^[\p{Script=Han}々]{2,4}$|^[\p{Script=Han}]{1,8}(?:[·•．][\p{Script=Han}]{1,8}){1,3}$/u
const suffixes: readonly (readonly [RegExp, readonly CreditRole[]])[] = [
  [/\s*(?:文[/／、并和]?图|图[/／、]文|文字?[/／]摄影?|摄影报道|图文|文并摄)$/, ['reporter', 'photographer']],
  [/\s*(?:摄影|摄|攝|供图|图|制图|绘)$/, ['photographer']],
  [/\s*(?:译|編譯|编译)$/, ['translator']],
  [/\s*(?:整理|供稿|文|撰文)$/, ['author']]
]

/**
 * The persons named in a credit line, names apart: `大众日报记者 张三 通讯员 李四`, `记者 王五 摄`, `By Jane Roe`, `Von Hans Müller`.
 * Empty when the line is no credit, or says more than one.
 */
export function parseCredits(text: string): Credit[] {
  if (text.length > 4 * longestCredit) return []
  const line = unwrap(text)
  if (line === '' || line.length > longestCredit) return []
  return /\p{Script=Han}/u.test(line) ? chineseCredits(line) : latinCredits(line)
}

/** Whether a line is nothing but a person's name in Chinese characters: `苏晚晴`, `李 静`. Where it stands decides whether it is a credit. */
export function isLoneName(text: string): boolean {
  const line = unwrap(text)
  return line.length <= 12 && splitNames(line).every((name) => hanName.test(name)) && splitNames(line).length <= 3 && line !== ''
}

/** A lone name as its author's credit. */
export function loneNameCredits(text: string): Credit[] {
  return isLoneName(text) ? splitNames(unwrap(text)).map((name) => ({ role: 'author', name })) : []
}

function unwrap(text: string): string {
  return text
    .trim()
    .replace(/^[（(【[■□●○◆▲△▶►◎\s]+/, '')
    .replace(/[）)】\]■□●◆\s]+$/, '')
    .trim()
}

function chineseCredits(line: string): Credit[] {
  const marks = [...line.matchAll(roleWord)].filter((mark) => !insideName(line, mark))
  if (marks.length === 0) return []
  const credits: Credit[] = []
  let house = line.slice(0, marks[0]!.index).trim()
  if (marks.length === 1 && /^(?:摄影|摄|供图|图片|供稿)$/.test(marks[0]![0]) && line.endsWith(marks[0]![0]))
    return suppliedBy(house, marks[0]![0])
  if (house !== '' && !organisation.test(house.replace(/\s+/g, ''))) return []
  for (const [index, mark] of marks.entries()) {
    const end = marks[index + 1]?.index ?? line.length
    const named = readNames(
      line.slice(mark.index + mark[0].length, end).replace(/^[\s:：/／]+/, ''),
      roleOf(mark),
      index === marks.length - 1
    )
    if (!named) return []
    for (const { name, role } of named.people) credits.push(withHouse(role, name, house))
    house = named.nextHouse
  }
  return credits
}

/** `摄` and the like after a name belong to that name, and are read there. */
function insideName(line: string, mark: RegExpMatchArray): boolean {
  const after = line[mark.index! + mark[0].length] ?? ''
  const before = line.slice(0, mark.index)
  if (mark[0] === '摄') return /(?:记者|記者|通讯员|通訊員|摄影).*\S\s*$/.test(before) || after !== ''
  return /^(?:摄影|供图|摄影报道|整理|供稿|图片)$/.test(mark[0]) && after === '' && /(?:记者|記者|通讯员|通訊員|实习生)\s*\S/.test(before)
}

function suppliedBy(name: string, word: string): Credit[] {
  const role = word === '供稿' ? 'author' : 'photographer'
  const plain = name.replace(/\s+/g, '')
  if (hanName.test(plain) || organisation.test(plain)) return [{ role, name: plain }]
  return []
}

function roleOf(mark: RegExpMatchArray): CreditRole {
  return roleWords[mark.slice(1).findIndex((group) => group !== undefined)]![1]
}

interface Named {
  readonly people: readonly { readonly name: string; readonly role: CreditRole }[]
  /** A house named at the end belongs to the next role: `记者 张三 省台记者 李四`. */
  readonly nextHouse: string
}

function readNames(text: string, role: CreditRole, last: boolean): Named | undefined {
  let rest = text.trim()
  let roles: readonly CreditRole[] = [role]
  for (const [pattern, suffixRoles] of suffixes) {
    const shorter = rest.replace(pattern, '')
    if (shorter === rest) continue
    if (shorter === '') return { people: [], nextHouse: '' }
    roles = suffixRoles
    rest = shorter
    break
  }
  const names = splitNames(rest).flatMap((name) => (isRun(name) ? (splitRunOfNames(name) ?? [name]) : [name]))
  const nextHouse = !last && names.length > 0 && !hanName.test(names.at(-1)!) && organisation.test(names.at(-1)!) ? names.pop()! : ''
  const people: { name: string; role: CreditRole }[] = []
  for (const name of names) {
    if (noName.test(name) || (!hanName.test(name) && !/^[A-Z][A-Za-z. ]{1,30}$/.test(name))) return undefined
    for (const each of roles) people.push({ name, role: each })
  }
  return people.length > 0 || !last ? { people, nextHouse } : undefined
}

/** Too long for one Chinese name: two or three without a blank between them, as an engine reads them. */
function isRun(name: string): boolean {
  return /^\p{Script=Han}{5,9}$/u.test(name) && !organisation.test(name)
}

/** Names between blanks or commas; a name of two characters is often spaced out (`李 静`). */
function splitNames(text: string): string[] {
  const parts = text.split(/[\s、，,;；/／]+/).filter((part) => part !== '')
  const names: string[] = []
  for (let index = 0; index < parts.length; index++) {
    const single = [...parts[index]!].length === 1 && [...(parts[index + 1] ?? '')].length === 1
    names.push(single ? parts[index]! + parts[++index]! : parts[index]!)
  }
  return names
}

function withHouse(role: CreditRole, name: string, house: string): Credit {
  const plain = house.replace(/\s+/g, '')
  return plain === '' ? { role, name } : { role, name, organisation: plain }
}

const byline = /^(?:by|von|from)\s+(?=\p{Lu}|our\b|unser|the\b|a\b|special\b)(.{2,80})$/iu
const ownCorrespondent =
  /^(?:(?:our|a|the|unserem|unserm|unser(?:en)?)\s+)?(?:own\s+|special\s+|eigenen\s+|ständigen\s+)?(?:correspondent|reporter|staff reporter|korrespondenten?|mitarbeiter|berichterstatter)\b/i
const signature = /^(?:i am,? sir|i remain|yours (?:truly|faithfully|sincerely|etc\.?)|your obedient servant|hochachtungsvoll)\b[^A-ZÄÖÜ]*/i
const agency = /^\(?(?:reuters|ap|afp|upi|dpa|wtb|havas|press association|a\.p\.|u\.p\.)\)?\.?$/i

function latinCredits(line: string): Credit[] {
  if (agency.test(line)) return [{ role: 'agency', name: line.replace(/[().]/g, '') }]
  const signed = signature.exec(line)
  if (signed) return signedBy(line.slice(signed[0].length), line)
  const match = byline.exec(line)
  if (!match) return []
  const named = match[1]!.replace(/[.,:]+$/, '')
  if (ownCorrespondent.test(named)) return [{ role: 'correspondent', name: named }]
  const [people, house] = splitHouse(named)
  const names = people.split(/\s*(?:,| and | und | & )\s*/).filter((name) => name !== '')
  if (names.length === 0 || !names.every(isLatinName)) return []
  return names.map((name) => withLatinHouse('reporter', name, house))
}

function signedBy(text: string, line: string): Credit[] {
  const sir = /(?:&c\.?|etc\.?),?\s*(.+)$/i.exec(line)
  const name = (sir?.[1] ?? text).replace(/^[\s,.;&c]+/, '').trim()
  return name === '' || name.length > 50 ? [] : [{ role: 'author', name }]
}

/** A name is words with capitals, initials and particles: `Jane Roe`, `J. R. von Berg`, `JOHN SMITH`. */
function isLatinName(text: string): boolean {
  const words = text.split(/\s+/)
  return (
    words.length <= 5 && words.every((word) => /^(?:\p{Lu}[\p{L}.'’-]*|von|van|de|der|den|zu|la|le|di|da|Dr\.|Mr\.|Mrs\.)$/u.test(word))
  )
}

function splitHouse(text: string): readonly [string, string] {
  const at = text.search(/,\s+(?=(?:our|staff|the|special|science|political|london|correspondent)\b)/i)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).trim()]
}

function withLatinHouse(role: CreditRole, name: string, house: string): Credit {
  return house === '' ? { role, name } : { role, name, organisation: house }
}
