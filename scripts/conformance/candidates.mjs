// The files to be checked: a real issue, and one made of everything a newspaper should not say, in every format.

import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { blockText, replay } from '../../packages/document/dist/index.js'
import { encodeGrey, portable } from '../../packages/export/dist/index.js'
import { broadsheet, root } from './tools.mjs'

/** @returns the candidates, each with its folders and its model */
export async function makeCandidates(folder, options) {
  const given = options.issue ? [resolve(options.issue), resolve(options.scans ?? 'scans')] : readSamples(folder)
  const hostile = await makeHostile(folder)
  return [candidate('sample', ...given, folder), candidate('hostile', ...hostile, folder)]
}

function readSamples(folder) {
  const scans = join(root, 'scans')
  must(broadsheet('run', scans, '--out', join(folder, 'output'), '--quiet'))
  const [issue] = readdirSync(join(folder, 'output')).filter((name) => !name.startsWith('.') && name !== 'README.md')
  return [join(folder, 'output', issue), scans]
}

function candidate(name, output, scans, folder) {
  const to = join(folder, name)
  must(broadsheet('export', output, '-f', 'all', '--from', scans, '--to', join(to, 'formats'), '--base-url', 'https://archive.example'))
  for (const version of ['3.1', '2.1'])
    must(broadsheet('export', output, '-f', 'alto', '--alto-version', version, '--from', scans, '--to', join(to, `alto-${version}`)))
  must(broadsheet('publish', output, '--from', scans, '--to', join(to, 'site'), '--base-url', 'https://archive.example'))
  for (const form of ['folder', 'tar', 'zip'])
    must(broadsheet('bundle', output, '--from', scans, '--to', join(to, 'bags'), '--as', form, '--formats', 'alto,mets,tei'))
  must(broadsheet('bundle', output, '--from', scans, '--to', join(to, 'bags'), '--ocfl'))
  const issue = JSON.parse(readFileSync(join(output, 'issue.json'), 'utf8'))
  const pages = issue.pages.filter((page) => page.state.stage !== 'failed').map((page) => loadPage(join(output, 'pages', page.id)))
  const exported = join(to, 'formats', issue.id)
  return {
    name,
    issue,
    pages,
    exported,
    alto: { '4-4': exported, '3-1': join(to, 'alto-3.1'), '2-1': join(to, 'alto-2.1') },
    site: join(to, 'site'),
    bags: join(to, 'bags')
  }
}

function must({ status, output }) {
  if (status !== 0) throw new Error(output)
}

function loadPage(folder) {
  const page = JSON.parse(readFileSync(join(folder, 'page.json'), 'utf8'))
  const changes = readFileSync(join(folder, 'changes.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const blocks = replay(page, changes)
  return { page, changes, blocks, text: blocks.map((block) => portable(blockText(block))) }
}

const texts = [
  '<script>alert(1)</script> </script><img src=x onerror=alert(1)>',
  'a ]]> b <![CDATA[ c ]]> <!-- d --> <?php e ?> <!DOCTYPE html>',
  '---',
  '... --- # 不是标题',
  '1. 一 - 项目 > 引用 * 星 + 加',
  '```js alert(1)``` ~~~ `code` **粗** _斜_ ~~删~~ ==亮== $x$ %%注%%',
  '[链接](javascript:alert(1)) ![图](http://tracker.example/x.png) [[双链]] [^1] [//]: # "end"',
  'http://example.com www.example.com me@example.com <http://example.com>',
  '{{ 7*7 }} {% raw %} {{< figure >}} $' + '{x} #{y} :::danger',
  '&amp; &lt; &#65; &copy; &nosuch; \\ \\* \\n',
  '甲 | 乙 | 丙 |-|-|',
  '\u202e右到左\u202c \u2066隔离\u2069 \u200f 零\u200b宽\u200d连',
  'a\u0001b\u0000c\u0008d\u001be\u007ff\u0085g',
  '半个\ud842代理 \udc00 与 \ufffe \uffff',
  '𠮷野家 𝒳 👨‍👩‍👧 Cafe\u0301 Café 豈 葛\udb40\udd00城',
  '=SUM(A1) @cmd +1 -1 null yes 12:30 0x1f ~',
  '長'.repeat(400)
]

/** Names that meet on some file systems, that XML and shells have trouble with, and one as long as names may be. */
const pageIds = ['p1', 'P1', 'caf\u00e9', 'cafe\u0301', '第 1 页', "-x'&$(id)", 'con', '長'.repeat(83)]

async function makeHostile(folder) {
  const [output, scans] = [join(folder, 'hostile-output'), join(folder, 'hostile-scans')]
  const id = 'hostile-issue'
  mkdirSync(join(scans, id), { recursive: true })
  const image = await encodeGrey({ width: 800, height: 1200, pixels: new Uint8Array(800 * 1200).fill(240) })
  const pages = pageIds.map((pageId, index) => hostilePage(pageId, index, image))
  for (const [index, page] of pages.entries()) {
    mkdirSync(join(output, id, 'pages', page.id), { recursive: true })
    writeFileSync(join(output, id, 'pages', page.id, 'page.json'), JSON.stringify(page))
    writeFileSync(join(output, id, 'pages', page.id, 'raw.txt'), texts.map(portable).join('\n\n'))
    writeFileSync(join(output, id, 'pages', page.id, 'changes.jsonl'), index === 0 ? JSON.stringify(change) : '')
    writeFileSync(join(scans, id, page.image.href), image)
  }
  writeFileSync(join(output, id, 'issue.json'), JSON.stringify(hostileIssue(id, pages)))
  cpSync(join(root, 'LICENSE'), join(scans, id, 'README <b>"]]>.txt'))
  return [join(output, id), scans]
}

const change = {
  kind: 'flag',
  id: 'doubt/r0@0',
  rule: 'doubt',
  reason: texts[0],
  confidence: 0.4,
  status: 'proposed',
  region: 'r0',
  from: 0,
  to: 8,
  before: '<script>',
  guesses: [{ text: texts[1], score: 1 }]
}

function hostilePage(id, index, image) {
  const regions = texts.map((text, at) => {
    const box = { x: 20, y: 20 + at * 60, width: 700, height: 40 }
    return {
      type: 'text',
      id: `r${at}`,
      role: at === 0 ? 'heading' : 'paragraph',
      box,
      lines: [{ id: `r${at}l1`, box, text, confidence: 0.5 }]
    }
  })
  const digest = createHash('sha256').update(image).digest('hex')
  return {
    id,
    image: { href: `scan ${index}.jpg`, width: 800, height: 1200, sha256: digest },
    language: 'zh-Hans',
    regions,
    processing: []
  }
}

function hostileIssue(id, pages) {
  return {
    id,
    title: texts.slice(0, 9).join(' '),
    date: '2024-02-29',
    edition: texts[1],
    language: 'zh-Hans',
    publisher: texts[6],
    rights: texts[8],
    pages: pages.map((page) => ({
      id: page.id,
      label: texts[8],
      section: texts[0],
      furniture: [],
      state: { stage: 'cleaned', grade: 'E', message: texts[1] }
    })),
    articles: pages.map((page) => ({
      id: `${id}-${page.id}-i0001`,
      heading: texts[0],
      kicker: texts[1],
      credits: [{ role: 'reporter', name: texts[6], organisation: texts[8] }],
      parts: texts.map((text, at) => ({ role: at === 0 ? 'heading' : 'paragraph', text, blocks: [{ page: page.id, block: `r${at}` }] })),
      pages: [page.id],
      confidence: 0.5
    }))
  }
}
