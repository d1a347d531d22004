/** The words of our own that stand in books and on the site, beside those of the archive (`wordsFor`). */
export interface Wording {
  readonly page: (label: string) => string
  readonly contents: string
  readonly text: string
  readonly skip: string
  readonly search: string
  readonly searchFor: string
  readonly searchHint: string
  readonly home: string
  readonly allIssues: string
  readonly latest: string
  readonly undated: string
  readonly months: readonly string[]
  readonly weekdays: readonly string[]
  readonly view: string
  readonly clean: string
  readonly diff: string
  readonly raw: string
  readonly changes: (count: number) => string
  readonly onScan: string
  readonly openArticle: string
  readonly previous: string
  readonly next: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly wholePage: string
  readonly fullScreen: string
  readonly outlines: string
  readonly noScan: string
  readonly noScript: string
  readonly downloads: string
  readonly theme: string
  readonly status: Readonly<Record<'applied' | 'proposed' | 'rejected', string>>
  readonly kind: Readonly<Record<'replace' | 'join' | 'split' | 'label' | 'flag', string>>
  readonly grade: string
}

const hans: Wording = {
  page: (label) => `第${label}版`,
  contents: '目录',
  text: '文字',
  skip: '跳到正文',
  search: '检索',
  searchFor: '检索全文',
  searchHint: '空格分开的词都要出现；引号内的词须连在一起。',
  home: '首页',
  allIssues: '全部报纸',
  latest: '最近各期',
  undated: '日期不详',
  months: ['1月', '2月', '3月', '4月', '5月', '6月', '7月', '8月', '9月', '10月', '11月', '12月'],
  weekdays: ['一', '二', '三', '四', '五', '六', '日'],
  view: '文字',
  clean: '校后',
  diff: '校改',
  raw: '原读',
  changes: (count) => `校改与存疑（${count}）`,
  onScan: '在原版上看',
  openArticle: '单独阅读',
  previous: '上一版',
  next: '下一版',
  zoomIn: '放大',
  zoomOut: '缩小',
  wholePage: '整版',
  fullScreen: '全屏',
  outlines: '文章轮廓',
  noScan: '本版没有扫描图。',
  noScript: '缩放原版和检索需要启用 JavaScript；文字不需要。',
  downloads: '下载',
  theme: '明暗',
  status: { applied: '已改', proposed: '拟改', rejected: '不改' },
  kind: { replace: '改字', join: '接排', split: '分段', label: '定类', flag: '存疑' },
  grade: '质量'
}

const hant: Wording = {
  ...hans,
  contents: '目錄',
  skip: '跳到正文',
  search: '檢索',
  searchFor: '檢索全文',
  searchHint: '空格分開的詞都要出現；引號內的詞須連在一起。',
  home: '首頁',
  allIssues: '全部報紙',
  undated: '日期不詳',
  clean: '校後',
  raw: '原讀',
  changes: (count) => `校改與存疑（${count}）`,
  onScan: '在原版上看',
  openArticle: '單獨閱讀',
  zoomOut: '縮小',
  fullScreen: '全屏',
  outlines: '文章輪廓',
  noScan: '本版沒有掃描圖。',
  noScript: '縮放原版和檢索需要啟用 JavaScript；文字不需要。',
  downloads: '下載',
  status: { applied: '已改', proposed: '擬改', rejected: '不改' },
  kind: { replace: '改字', join: '接排', split: '分段', label: '定類', flag: '存疑' },
  grade: '質量'
}

const english: Wording = {
  page: (label) => `Page ${label}`,
  contents: 'Contents',
  text: 'Text',
  skip: 'Skip to the text',
  search: 'Search',
  searchFor: 'Search the full text',
  searchHint: 'All words must occur; words in quotation marks must stand together.',
  home: 'Home',
  allIssues: 'All issues',
  latest: 'Latest issues',
  undated: 'Undated',
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
  view: 'Text',
  clean: 'Clean',
  diff: 'Changes',
  raw: 'As read',
  changes: (count) => `Changes and doubts (${count})`,
  onScan: 'Show on the scan',
  openArticle: 'Read by itself',
  previous: 'Previous page',
  next: 'Next page',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  wholePage: 'Whole page',
  fullScreen: 'Full screen',
  outlines: 'Outlines of articles',
  noScan: 'There is no scan of this page.',
  noScript: 'Zooming and searching need JavaScript; the text does not.',
  downloads: 'Downloads',
  theme: 'Light or dark',
  status: { applied: 'made', proposed: 'proposed', rejected: 'rejected' },
  kind: { replace: 'other characters', join: 'joined', split: 'split', label: 'kind of text', flag: 'doubtful' },
  grade: 'Quality'
}

/** The wording for a BCP 47 language: Chinese in either script, else English. */
export function wordingFor(language: string): Wording {
  if (!/^zh\b/i.test(language)) return english
  return /hant|tw|hk|mo/i.test(language) ? hant : hans
}
