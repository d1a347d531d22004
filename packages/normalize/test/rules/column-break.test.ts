import { describe, expect, it } from 'vitest'
import { columnBreak } from '../../src/rules/column-break.ts'
import { lawsHold, pageOf } from '../laws.ts'

const whole = '去年冬天，镇里请来工匠把老水车修好，磨坊重新转了起来，附近几个村子的人都赶来看热闹。'

/** What the rule makes of two blocks behind a whole one: applied, proposed, or nothing. */
function verdict(end: string, start: string, ...more: readonly string[]): string | undefined {
  const { changes } = lawsHold(pageOf([whole, end, start, ...more], 'zh-Hans'), [columnBreak])
  return changes.find(({ kind, region }) => kind === 'join' && region === 'r2')?.status
}

describe('columnBreak without boxes', () => {
  it('joins what is torn within a clause', () => {
    expect(verdict('镇里今年又筹了一笔钱，准备在河边修一条步道，让村里的老人傍晚可以沿着河边散', '步，孩子们也不必再走大路去上学。')).toBe(
      'applied'
    )
  })

  it('joins nothing to a paragraph that only lost its mark', () => {
    const lost = '镇里今年又筹了一笔钱，准备在河边修一条步道，让村里的老人和孩子走得更安心，大家都很高兴'
    expect(verdict(lost, '记者了解到，步道全长三公里，预计明年春天完工，沿线还要种上柳树。')).not.toBe('applied')
  })

  it('joins nothing behind what introduces a list, a caption, or the rest of a formula', () => {
    const next = '步道全长三公里，预计明年春天完工，沿线还要种上柳树。'
    expect(verdict('镇里今年又筹了一笔钱，准备把河边的事情一件一件办好，眼下要做的是：', next)).not.toBe('applied')
    expect(verdict('图为昨天下午，几位老人坐在修好的水车旁边聊天，孩子们在磨坊外面跑来跑去。 新华社/法新', next)).toBeUndefined()
    expect(verdict('镇里今年又筹了一笔钱，准备在河边修一条步道，预算比去年多了 $10.6\\%_{\\odot}$', next)).not.toBe('applied')
  })

  it('joins nothing to what comes from another page, or names who wrote', () => {
    const end = '镇里今年又筹了一笔钱，准备在河边修一条步道，让村里的老人傍晚可以沿着河边散'
    expect(verdict(end, '（上接第一版）步道全长三公里，预计明年春天完工，沿线还要种上柳树。')).toBeUndefined()
    expect(verdict(end, '临湖晚报记者 周小溪 通讯员 陈小河')).toBeUndefined()
  })

  it('takes a closing quote at the head of a block for a misread one where nothing is open', () => {
    const said = '”水车转起来的那天，全村的人都来了。”村里的老人这样说，孩子们也记得很清楚。'
    expect(verdict('镇里今年又筹了一笔钱，准备在河边修一条步道。', said)).not.toBe('applied')
    expect(verdict('他说：“镇里今年又筹了一笔钱，准备在河边修一条步道。', '”说完他笑了起来，大家也跟着笑了，气氛十分热闹。')).toBe(
      'applied'
    )
  })

  it('keeps dates and attributions from looking like a pattern of leads', () => {
    const others = [
      '12月15日，水车转了一整天。到了晚上才停。',
      '12月16日，磨坊开了一整天。到了晚上才停。',
      '12月17日，步道扫了一整天。到了晚上才停。'
    ]
    expect(verdict('12月18日，村里的老人', '沿河走了一整天。到了晚上才停下来歇息，第二天又接着走。', ...others)).not.toBe('applied')
  })
})
