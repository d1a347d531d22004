import { describe, expect, it } from 'vitest'
import { indexPhrases } from '../../src/joins/phrases.ts'

describe('indexPhrases', () => {
  const across = indexPhrases(['新修的环湖绿道全线贯通。', '昨天下了雨'], ['本报获悉环湖', '一条环湖绿', '下了雨'])

  it('finds what stands whole elsewhere, the longer phrase first', () => {
    expect(across('一条环湖绿', '道全线')).toBe('环湖绿道全线')
    expect(across('本报获悉环湖', '绿道很长')).toBe('环湖绿道')
  })

  it('finds nothing across the ends of texts, and nothing that holds marks', () => {
    expect(across('下了雨', '新修的')).toBe('')
    expect(across('线贯通。', '昨天下')).toBe('')
  })
})
