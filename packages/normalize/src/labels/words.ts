/** Words by which furniture, notices and pictures' captions give themselves away. Linear patterns, for short texts. */

export const coreValues: readonly string[] = [
  '富强',
  '民主',
  '文明',
  '和谐',
  '自由',
  '平等',
  '公正',
  '法治',
  '爱国',
  '敬业',
  '诚信',
  '友善'
]

/** A day by the moon in a reign of the Qing, and nothing else: which day of ours it was is not worked out. */
export const reignDay: RegExp =
  /^(?:大?清)?(?:道光|咸[豐丰]|同治|光[緒绪]|宣[統统])[元一二三四五六七八九十廿卅]{1,4}年\p{Script=Han}{0,6}?[正閏闰元一二三四五六七八九十冬臘腊]{1,4}月初?[一二三四五六七八九十廿卅]{1,3}日?$/u

export const posterWords: RegExp =
  /社会主义核心价值观|公益广告|讲文明.{0,2}树新风|中宣部|宣教局|文明办|中国文明网|中国梦|中国心|图说我们的价值观|[\p{Script=Han}]{2,12}(?:局|委|办|部|会)\s?宣$/u

export const advertHeads: RegExp =
  /^(?:诚聘|急聘|招聘|招聘启事|招租|出租|出售|转让|招商|开业|盛大开业|to ?let|for ?sale|wanted|situations? vacant|auction|zu vermieten|zu verkaufen|gesucht|stellengesuche?|anzeigen?|advertisements?)\b|^(?:诚聘|急聘|招聘|招租|出租|出售|转让|招商)(?:启事|启示|公告|信息)?$/iu

/** Each counts once; two make an advert, or one with a telephone number or a price. */
export const advertWords: readonly RegExp[] = [
  /热线|咨询|预约|订购|客服/u,
  /盛大|开盘|特惠|特价|优惠|促销|抢购|立减|补贴|免费|限时|臻藏|名额|大惠|减价|大减价|酬宾|甩卖|折起|满\d+[减送]|现场大奖/u,
  /首付|建面|㎡|平米|洋房|公寓|样板间|均价|楼盘|户型/u,
  /起投|理财|年化|业绩比较基准|贷款/u,
  /种植牙|口腔|医院|药房|丸|膏|专科|门诊|疗程/u,
  /诚聘|招聘|急聘|月薪|待遇|包吃住/u,
  /藥[房廠局行]|大藥|醫師|診所|門診|主治|專治|包醫|根治|花柳|梅毒|淋濁|白濁|遺精|早洩|良藥|補品|特[効效]/u,
  /發行所|總發行|經售|寄售|代售|總[店行]|支店|分店|批發|分銷|發售|[有均]售|總公司/u,
  /每[瓶打盒罐包磅]|定價|實售|特價|廉價|犧牲|減價|贈品|奉送|價目|取費|從廉|價廉|刊例/u,
  /出品|商標|老牌|馳名|註冊|精製|監製|國貨|香[煙烟]|牙膏|綢緞/u,
  /開幕|舞廳|戲院|酒[家樓楼]|飯店|筵席|小酌|光臨|惠顧|參觀/u,
  /\p{Script=Han}{1,4}(?:馬路|[路街])[\p{Script=Han}]{0,8}?[一二三四五六七八九十百〇\d]+[號号]|(?:地址|店址)\s?\p{Script=Han}/u,
  /地址[:：]|店址|门店|连锁|专卖|加盟|旗舰店/u,
  /apply|chemists?|per bottle|guaranteed|price|sold by|free trial|address|to let|for sale|write box/i,
  /\bpreis|verkauf|empfiehlt|apotheke|zu haben|bestellung/i
]

export const phone: RegExp =
  /(?:☎|电话|電話|tel\.?|热线)[\s:：]*[\d一二三四五六七八九〇零-]{3,}|(?<!\d)(?:\d{3,4}-\d{3,4}[\s-]?\d{3,4}|400-?\d{3}-?\d{4})(?!\d)/iu
export const price: RegExp = /[¥￥£$€]\s?\d|\d(?:\.\d+)?\s?(?:元|万元)(?:起|\/|／)|\b\d+s\.\s?\d+d\b|\b\d+s\.|(?:原价|现价|特价|售价)/u

export const indexWords: RegExp = /^(?:今日|本期|本版)?(?:导读|導讀|要目|看点|提要)|^inside\b|^in this issue|^contents$|^inhalt\b/iu

export const noteWords: RegExp =
  /^[【［[(（]?(?:编者按|编者的话|编者注|编后|编余|按语|核心提示|阅读提示|内容提要|新闻链接|相关链接|名词解释|背景链接|延伸阅读|小贴士|editor'?s note|anmerkung der redaktion)/iu

export const captionStart: RegExp =
  /^(?:图为|图片说明|[上下左右]图|图[①②③④⑤一二三四\d]|图\s?[:：]|[▲△▼◀►↑↓←→]|photo(?:graph)?\s?[:：]|bild\s?[:：])/iu
export const captionEnd: RegExp = /(?:[\p{Script=Han}\s]{2,14}(?:摄|攝|供图)|photo(?:graph)? by .{2,30}|foto\s?[:：].{2,30})\s?[）)]?\s*$/iu

export const paperName: RegExp =
  /^[\p{Script=Han}]{1,6}(?:日报|晚报|晨报|早报|时报|周报|商报|都市报|导报|快报|新报|公报|日報|晚報|晨報|時報|新報|週報|公報|報|青年报|农民报|工人报)$|^[\p{Script=Han}]{2,8}(?:融媒体中心|报业集团|传媒集团)$/u
export const latinPaperName: RegExp =
  /\b(?:Courier|Times|Gazette|Herald|Tribune|Chronicle|Observer|Advertiser|Daily News|Evening Post|Zeitung|Anzeiger|Tageblatt|Nachrichten|Bote)\b/

export const rubricEnd: RegExp =
  /(?:访谈|访谈录|系列报道|系列评论|专栏|特稿|时评|评论|社论|短评|综述|侧记|通讯|特写|书架|随笔|札记|之[一二三四五六七八九十]+|第[\d一二三四五六七八九十]+[轮期季届场]|出炉|揭晓|发布)$/u
export const kickerStart: RegExp = /^(?:锚定|聚焦|围绕|贯彻|落实|学习贯彻|深入|为了|为|历时|围繞|紧扣|立足|喜迎|关注|直击|走进)/u

/** Whether the words of a piece of the page are an advert's. Returns what gave it away, for the record. */
export function advertSigns(text: string): string[] {
  const signs = advertWords.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])
  const calls = matchesOf(phone, text)
  const prices = matchesOf(price, text)
  // One price may stand in a headline; a list of prices is an offer. 热线 with its number is one sign.
  const all = [...signs, ...calls.slice(0, 2), ...(prices.length >= 3 ? prices.slice(0, 3) : prices.slice(0, 1))]
  return all.filter((sign) => !all.some((other) => other !== sign && other.includes(sign)))
}

/** Different matches of a pattern near the beginning of a text. */
function matchesOf(pattern: RegExp, text: string): string[] {
  const found = new Set<string>()
  for (const match of text.slice(0, 2000).matchAll(new RegExp(pattern, `${pattern.flags}g`))) if (found.add(match[0].trim()).size > 8) break
  return [...found]
}
