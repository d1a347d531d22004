import type { TextRole } from '@broadsheet/document'

/** The words we write into an archive ourselves, in the language of the newspaper. */
export interface Words {
  readonly notes: string
  readonly proposed: string
  readonly doubtful: string
  readonly paragraph: (number: number) => string
  readonly instead: string
  readonly guesses: string
  readonly page: (label: string) => string
  readonly source: string
  readonly pages: string
  readonly articles: string
  readonly furniture: string
  readonly unassigned: string
  readonly scan: string
  readonly untitled: string
  readonly contradictions: string
  readonly failed: string
  readonly empty: string
  readonly colon: string
  readonly roles: Readonly<Record<TextRole, string>>
}

/** A page's printed number, not the name of its file: that stands as it is. */
function isPrinted(label: string): boolean {
  return /^(?:第?[A-Z]{0,2}\d{1,3}|第?[一二三四五六七八九十〇]{1,4})$/.test(label)
}

const hans: Words = {
  notes: '校勘记',
  proposed: '拟改',
  doubtful: '存疑',
  paragraph: (number) => `第${number}段`,
  instead: '拟作',
  guesses: '或作',
  page: (label) => (isPrinted(label) ? `${label}版` : label),
  source: '原载',
  pages: '版面',
  articles: '文章',
  furniture: '版面要素',
  unassigned: '未归入文章的文字',
  scan: '原版',
  untitled: '无题',
  contradictions: '不一致之处',
  failed: '未能识读',
  empty: '空',
  colon: '：',
  roles: {
    paragraph: '正文',
    heading: '主题',
    kicker: '引题',
    deck: '副题',
    crosshead: '小标题',
    dateline: '电头',
    credit: '署名',
    caption: '图片说明',
    table: '表格',
    note: '附注',
    'jump-line': '转版',
    header: '报眉',
    footer: '页脚',
    'page-number': '版次',
    masthead: '报头',
    folio: '报眉',
    section: '版名',
    slogan: '标语',
    poster: '海报',
    advert: '广告',
    noise: '污损',
    other: '其他'
  }
}

const hant: Words = {
  ...hans,
  notes: '校勘記',
  proposed: '擬改',
  instead: '擬作',
  source: '原載',
  unassigned: '未歸入文章的文字',
  untitled: '無題',
  contradictions: '不一致之處',
  failed: '未能識讀',
  roles: {
    ...hans.roles,
    heading: '主題',
    kicker: '引題',
    deck: '副題',
    crosshead: '小標題',
    dateline: '電頭',
    caption: '圖片說明',
    note: '附註',
    'jump-line': '轉版',
    footer: '頁腳',
    masthead: '報頭',
    header: '報眉',
    folio: '報眉',
    slogan: '標語',
    poster: '海報',
    advert: '廣告',
    noise: '污損'
  }
}

const en: Words = {
  notes: 'Textual notes',
  proposed: 'proposed',
  doubtful: 'doubtful',
  paragraph: (number) => `part ${number}`,
  instead: 'read',
  guesses: 'perhaps',
  page: (label) => `Page ${label}`,
  source: 'Printed on',
  pages: 'Pages',
  articles: 'Articles',
  furniture: 'Page furniture',
  unassigned: 'Text that belongs to no article',
  scan: 'Scan',
  untitled: 'Untitled',
  contradictions: 'Contradictions',
  failed: 'not read',
  empty: 'nothing',
  colon: ': ',
  roles: {
    paragraph: 'text',
    heading: 'heading',
    kicker: 'kicker',
    deck: 'deck',
    crosshead: 'crosshead',
    dateline: 'dateline',
    credit: 'credit',
    caption: 'caption',
    table: 'table',
    note: 'note',
    'jump-line': 'jump line',
    header: 'header',
    footer: 'footer',
    'page-number': 'page number',
    masthead: 'masthead',
    folio: 'folio',
    section: 'section',
    slogan: 'slogan',
    poster: 'poster',
    advert: 'advertisement',
    noise: 'noise',
    other: 'other'
  }
}

/** The words for a BCP 47 language: Chinese in either script, else English. */
export function wordsFor(language: string): Words {
  if (!/^zh\b/i.test(language)) return en
  return /hant|tw|hk|mo/i.test(language) ? hant : hans
}
