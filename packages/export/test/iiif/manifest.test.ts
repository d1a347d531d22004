import { describe, expect, it } from 'vitest'
import { writeAnnotations, writeManifest } from '../../src/iiif/manifest.ts'
import { cutTiles, imageInfo } from '../../src/iiif/tiles.ts'
import { makeIssue } from '../publish/made-issue.ts'

const baseUrl = 'https://archive.example/issues/made-2024-03-05'

describe('cutTiles', () => {
  it('covers the page at every scale, every tile where its name says', async () => {
    const { pages, images } = await makeIssue()
    const image = { ...pages[0]!.page.image!, width: 600, height: 800 }
    const tiles = await cutTiles(images.get('p01')!, 'p01', image)
    expect(tiles.files.map((file) => file.path)).toEqual(['600,800', 'max'].map((size) => `${tiles.folder}/full/${size}/0/default.jpg`))
    expect(imageInfo(tiles, 'x')).toMatchObject({ width: 600, height: 800, tiles: [{ width: 1024, scaleFactors: [1] }] })
  })

  it('keeps bilevel scans as PNG, and says so', async () => {
    const { pages, images } = await makeIssue()
    const tiles = await cutTiles(images.get('p02')!, 'p02', pages[1]!.page.image!)
    expect(tiles.format).toBe('png')
    expect(imageInfo(tiles, 'x')).toMatchObject({ preferredFormats: ['png'] })
  })

  it('cuts out the page where a sheet holds two', async () => {
    const { pages, images } = await makeIssue()
    const tiles = await cutTiles(images.get('p01')!, 'p01', { ...pages[0]!.page.image!, crop: { x: 300, y: 0, width: 300, height: 800 } })
    expect([tiles.width, tiles.thumbnail.width]).toEqual([300, 300])
  })
})

describe('writeManifest', () => {
  it('has a canvas a page, in pixels of the scan, and a range an article', async () => {
    const { issue, pages, images } = await makeIssue()
    const tiles = new Map([['p01', await cutTiles(images.get('p01')!, 'p01', pages[0]!.page.image!)]])
    const { path, content } = writeManifest(issue, pages, { baseUrl, tiles })
    const manifest = JSON.parse(String(content))
    expect(path).toBe('manifest.json')
    expect(manifest).toMatchObject({ type: 'Manifest', label: { 'zh-Hans': ['青浦日报 2024-03-05'] }, navDate: '2024-03-05T00:00:00Z' })
    expect(manifest.items[0]).toMatchObject({ id: `${baseUrl}/canvas/p01`, width: 600, height: 800, label: { 'zh-Hans': ['第A01版'] } })
    expect(manifest.items[0].items[0].items[0].body.service).toEqual([
      { id: `${baseUrl}/${tiles.get('p01')!.folder}`, type: 'ImageService3', profile: 'level0' }
    ])
    expect(manifest.structures[0].items.map((range: { label: unknown }) => range.label)).toEqual(
      ['渡口新桥通车', '老茶馆里说新事', 'Ferry line closes after 90 years'].map((title) => ({ 'zh-Hans': [title] }))
    )
    // The first article: its heading and both columns of its one paragraph.
    expect(manifest.structures[0].items[0].items.map((item: { id: string }) => item.id.split('#')[1])).toEqual([
      'xywh=20,100,260,40',
      'xywh=20,160,260,60',
      'xywh=20,240,260,60'
    ])
  })

  it('lays the clean text on the lines it was read from', async () => {
    const { issue, pages } = await makeIssue()
    const [first] = writeAnnotations(issue, pages, { baseUrl })
    const { items } = JSON.parse(String(first!.content))
    const lines = items.map((item: { body: { value: string }; target: string }) => `${item.target.split('=')[1]} ${item.body.value}`)
    expect(lines.slice(2, 6)).toEqual([
      '20,160,260,30 本报讯 三月四日，横跨东',
      '20,190,260,30 江的渡口新桥通车。两岸居',
      '20,240,260,30 民步行五分钟就能过江，再',
      '20,270,260,30 也不用等船。'
    ])
  })

  it('takes no address that is none', async () => {
    const { issue, pages } = await makeIssue()
    expect(() => writeManifest(issue, pages, { baseUrl: 'javascript:alert(1)' })).toThrow('Expected an http or https address')
  })
})
