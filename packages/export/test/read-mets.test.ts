import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { metsArticles, printedBlocks, readMets, writeMets } from '../src/index.ts'
import { makeIssue } from './publish/made-issue.ts'

const head = '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"'

describe('readMets', () => {
  it.each([false, true])('reads back what we write (hostile: %s)', async (hostile) => {
    const { issue, pages } = await makeIssue({ hostile })
    const mets = readMets(writeMets(issue, pages))
    expect(mets.id).toBe(issue.id)
    expect(mets.pages.map((page) => page.files)).toEqual(issue.pages.map(({ id }) => [`image-${id}`, `alto-${id}`]))
    expect(mets.files.get('alto-p01')).toEqual({ href: 'pages/p01/alto.xml', mimeType: 'text/xml', uses: ['FULLTEXT'] })
    const blocks = pages.flatMap((page) => printedBlocks(page).map((block) => ({ ...block, file: `alto-${page.page.id}` })))
    const expected = issue.articles.map((article) =>
      article.parts.flatMap((part) =>
        part.blocks.flatMap((ref) =>
          blocks
            .filter((block) => block.file === `alto-${ref.page}` && block.block === ref.block)
            .map(({ file, id }) => ({ file, begin: id }))
        )
      )
    )
    expect(metsArticles(mets).map((article) => article.areas)).toEqual(expected)
  })

  it('reads pages whose files stand together, and articles within sections', () => {
    const mets = readMets(`${head} LABEL="报"><fileSec><fileGrp USE="Content"><fileGrp USE="Text">
      <file ID="T1" MIMETYPE="text/xml"><FLocat LOCTYPE="URL" xlink:href="file://./text/1.xml"/></file></fileGrp></fileGrp></fileSec>
      <structMap TYPE="PHYSICAL"><div TYPE="Newspaper"><div TYPE="PAGE" ORDERLABEL="1"><fptr><par><area FILEID="I1"/><area FILEID="T1" BEGIN="P1"/></par></fptr></div></div></structMap>
      <structMap TYPE="LOGICAL"><div TYPE="ISSUE"><div TYPE="SECTION"><div TYPE="ARTICLE" LABEL="桥"><div TYPE="BODY"><fptr><area FILEID="T1" BEGIN="b2"/></fptr></div></div></div></div></structMap></mets>`)
    expect(mets.label).toBe('报')
    expect(mets.files.get('T1')).toEqual({ href: 'file://./text/1.xml', mimeType: 'text/xml', uses: ['Text', 'Content'] })
    expect(mets.pages).toEqual([{ label: '1', files: ['I1', 'T1'] }])
    expect(metsArticles(mets).map(({ label, areas }) => ({ label, areas }))).toEqual([
      { label: '桥', areas: [{ file: 'T1', begin: 'b2' }] }
    ])
  })

  it('follows links where articles name no places', () => {
    const mets =
      readMets(`${head}><structMap TYPE="PHYSICAL"><div TYPE="page" ID="p1"><div TYPE="pagearea" ID="pa1"><fptr><area FILEID="T1" BEGIN="b1"/></fptr></div></div></structMap>
      <structMap TYPE="LOGICAL"><div TYPE="ARTICLE" ID="art1"/></structMap>
      <structLink><smLinkGrp><smLocatorLink xlink:href="#art1"/><smLocatorLink xlink:href="#pa1"/></smLinkGrp></structLink></mets>`)
    expect(metsArticles(mets).map((article) => article.areas)).toEqual([[{ file: 'T1', begin: 'b1' }]])
  })

  it.each([
    ['<alto/>', 'begins with <alto>'],
    [`${head}>`, 'is not well-formed'],
    [`<!DOCTYPE mets [<!ENTITY a "b">]>${head}/>`, 'has a document type'],
    [`${head}>${'<div>'.repeat(300)}`, 'is nested deeper']
  ])('refuses %s', (xml, reason) => {
    expect(() => readMets(xml)).toThrow(reason)
  })
})

const corpus = process.env.BROADSHEET_CORPUS ? join(process.env.BROADSHEET_CORPUS, 'corpus/interop') : ''
describe.skipIf(!existsSync(corpus))('METS of other houses (skipped without BROADSHEET_CORPUS)', () => {
  it.each([
    ['nautilus-1858-07-10/example-mets.xml', 4],
    ['alto2txt-0002647-1824-02-17/0002647_18240217_mets.xml', 4]
  ])('%s: %d pages', (path, count) => {
    const mets = readMets(readFileSync(join(corpus, path), 'utf8'))
    expect(mets.pages).toHaveLength(count)
    for (const page of mets.pages) expect(page.files.some((id) => mets.files.has(id))).toBe(true)
    for (const article of metsArticles(mets)) for (const area of article.areas) expect(mets.files.has(area.file)).toBe(true)
    expect(metsArticles(mets).filter((article) => article.areas.length > 0).length).toBeGreaterThan(5)
  })
})
