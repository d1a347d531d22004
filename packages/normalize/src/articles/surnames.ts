/** Family names that are common enough to begin a name alone on a line. One character each. */
export const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤闻曲纪葛祁梅岑齐景温关柏水穆柳鲍倪舒柯卓骆甄司楼娄费卫蓝季乔翁申尤明安常乐牛文辛管耿焦左麦祝欧游冷阮张劉陳楊黃趙吳孫馬鄭謝許韓馮鄧葉蘇呂盧鐘陸賈鄒邱邵萬錢嚴戴湯聞紀齊溫關駱婁費衛藍喬連庄莊伊'

const compound = /^(?:欧阳|司马|诸葛|上官|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|歐陽|司馬|諸葛)/

/**
 * Names set without blanks between them, taken apart at the family names: 赵长林孙晓梅. Longer given names first where it can be read
 * in two ways; undefined when it cannot be read as names from end to end.
 */
export function splitRunOfNames(run: string): string[] | undefined {
  if (run === '') return []
  const base = compound.test(run) ? 2 : surnames.includes(run[0]!) ? 1 : 0
  if (base === 0) return undefined
  for (const given of [2, 1]) {
    const name = run.slice(0, base + given)
    if (name.length < base + given) continue
    const rest = splitRunOfNames(run.slice(name.length))
    if (rest) return [name, ...rest]
  }
  return undefined
}
