// PDF, EPUB and Markdown: validity, and the text as other people's readers give it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { portable, readMarkdown, slugs } from '../../packages/export/dist/index.js'
import { pdfaFaults } from './pdfa.mjs'
import { filesBelow, judge, lacks, root, run, sameText, solid, unescapeXml } from './tools.mjs'

const pdfs = (candidates) => candidates.flatMap((one) => filesBelow(one.exported, '.pdf'))
const issueFile = (one, ending) => join(one.exported, `${slugs([one.issue.id]).get(one.issue.id)}.${ending}`)
const pageText = (one) =>
  solid(
    one.pages
      .filter(({ page }) => page.image)
      .flatMap(({ text }) => text)
      .join('')
  )
/** Readers of PDF put the pieces of right-to-left stretches in an order of their own, and drop what draws nothing. */
const shown = (text) =>
  [
    ...solid(text)
      .replace(/\p{Cf}|\p{Cc}|\p{Variation_Selector}|\ufffd/gu, '')
      .normalize('NFC')
  ]
    .sort()
    .join('')

export const bookChecks = [
  {
    name: 'PDF: structure',
    by: 'qpdf --check',
    missing: () => lacks('qpdf'),
    run: (candidates) => judge(pdfs(candidates), 'qpdf', (file) => ['--check', file])
  },
  {
    name: 'PDF: structure, once more',
    by: 'mutool info',
    missing: () => lacks('mutool', 'apt-get install mupdf-tools'),
    run: (candidates) =>
      pdfs(candidates).map((file) => {
        const { status, output } = run('mutool', ['info', file])
        return { subject: file.split('/').slice(-2).join('/'), fault: status === 0 && !/error|warning/i.test(output) ? undefined : output }
      })
  },
  {
    name: 'PDF/A-2u: what objects show',
    by: 'rules of ISO 19005-2 over qpdf --json',
    missing: () => lacks('qpdf') ?? lacks('xmllint', 'apt-get install libxml2-utils'),
    run: (candidates) => pdfs(candidates).map((file) => ({ subject: file, fault: pdfaFaults(file).join('\n') || undefined }))
  },
  {
    name: 'PDF/A-2u',
    by: 'veraPDF',
    missing: () => lacks('verapdf', 'veraPDF, https://verapdf.org, as `verapdf` on the path'),
    run: (candidates) =>
      pdfs(candidates).map((file) => {
        const { output } = run('verapdf', ['-f', '2u', '--format', 'text', file])
        return { subject: file, fault: /^PASS/m.test(output) ? undefined : output }
      })
  },
  {
    name: 'PDF says the clean text',
    by: 'pdftotext -raw, against the model',
    missing: () => lacks('pdftotext', 'apt-get install poppler-utils'),
    run: (candidates) =>
      candidates.map((one) => {
        const { stdout } = run('pdftotext', ['-raw', issueFile(one, 'pdf'), '-'])
        const how = one.name === 'hostile' ? shown : solid
        return sameText(one.name, how(pageText(one)), how(stdout))
      })
  },
  {
    name: 'PDF says the clean text in pdf.js',
    by: 'pdfjs-dist, against the model',
    missing: (context) =>
      context.find('node_modules/pdfjs-dist/legacy/build/pdf.mjs') ? undefined : 'npm install pdfjs-dist in <suites>, or --fetch',
    run: (candidates, context) =>
      Promise.all(
        candidates.map(async (one) => {
          const found = await pdfjsText(context.find('node_modules/pdfjs-dist/legacy/build/pdf.mjs'), issueFile(one, 'pdf'))
          const how = one.name === 'hostile' ? shown : solid
          return sameText(one.name, how(pageText(one)), how(found))
        })
      )
  },
  {
    name: 'PDF says the clean text in PDFium',
    by: 'PDFium, which Chromium reads with, against the model',
    missing: () => undefined,
    run: (candidates) =>
      Promise.all(
        candidates.map(async (one) => {
          const found = await pdfiumText(issueFile(one, 'pdf'))
          const how = one.name === 'hostile' ? shown : solid
          return sameText(one.name, how(pageText(one)), how(found))
        })
      )
  },
  {
    name: 'EPUB 3',
    by: 'EPUBCheck',
    missing: () =>
      run('java', ['-version']).status === 0 && findEpubcheck() ? undefined : 'epubcheck (apt-get install epubcheck default-jre-headless)',
    run: (candidates) =>
      judge(
        candidates.map((one) => issueFile(one, 'epub')),
        'java',
        (file) => ['-jar', findEpubcheck(), '--failonwarnings', file]
      )
  },
  {
    name: 'EPUB says the articles',
    by: 'unzip and xmllint, against the model',
    missing: () => lacks('unzip') ?? lacks('xmllint', 'apt-get install libxml2-utils'),
    run: (candidates) => candidates.flatMap(epubTexts)
  },
  {
    name: 'Markdown says the articles',
    by: 'cmark-gfm, against the model',
    missing: () => lacks('cmark-gfm'),
    run: (candidates) => candidates.flatMap(markdownTexts)
  },
  {
    name: 'Markdown: round trip',
    by: 'remark (readMarkdown), against the model',
    missing: () => undefined,
    run: (candidates) => candidates.flatMap(markdownRoundTrip)
  }
]

function findEpubcheck() {
  return ['/usr/share/java/epubcheck.jar', process.env.EPUBCHECK_JAR].find((path) => path && run('test', ['-f', path]).status === 0)
}

async function pdfjsText(module, file) {
  const { getDocument } = await import(pathToFileURL(module).href)
  const document = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise
  let text = ''
  for (let number = 1; number <= document.numPages; number++) {
    const content = await (await document.getPage(number)).getTextContent()
    text += content.items.map((item) => item.str).join('')
  }
  await document.destroy()
  return text
}

async function pdfiumText(file) {
  const { PDFiumLibrary } = createRequire(join(root, 'packages/ocr/package.json'))('@hyzyla/pdfium')
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(readFileSync(file))
  let text = ''
  // A hyphen at the end of a line comes as a mark of its own.
  for (const page of document.pages()) text += page.getText().replace(/[\u0002\ufffe]/g, '-')
  document.destroy()
  library.destroy()
  return text
}

const articleText = (article) => solid(article.parts.map((part) => portable(part.text)).join(''))

function epubTexts(one) {
  const names = slugs(one.issue.articles.map((article) => article.id))
  return one.issue.articles.map((article) => {
    const path = `EPUB/a-${names.get(article.id)}.xhtml`
    const { stdout: xhtml } = run('unzip', ['-p', issueFile(one, 'epub'), path])
    const { stdout } = run('xmllint', ['--nonet', '--xpath', 'string(//*[local-name()="body"])', '-'], { input: xhtml })
    return sameText(path, articleText(article), solid(stdout))
  })
}

/** The text of the body as CommonMark's reference parser with GitHub's extensions gives it: no HTML, no links but ours. */
function markdownTexts(one) {
  return articleFiles(one).map(({ article, file }) => {
    const body = readFileSync(file, 'utf8').replace(/^---\n.*?\n---\n/s, '')
    const { stdout, status, output } = run(
      'cmark-gfm',
      ['-t', 'xml', '-e', 'table', '-e', 'strikethrough', '-e', 'autolink', '-e', 'tasklist'],
      { input: body }
    )
    if (status !== 0) return { subject: file, fault: output }
    const alien = /<(?:html_block|html_inline|image|code|code_block|strong|emph|strikethrough|table)\b/.exec(stdout)
    if (alien) return { subject: file, fault: `text became ${alien[0]}>` }
    const found = solid([...stdout.matchAll(/<text xml:space="preserve">([^<]*)<\/text>/g)].map((match) => unescapeXml(match[1])).join(''))
    // After the text come the textual notes, which are ours.
    const expected = articleText(article)
    return sameText(file.split('/').at(-1), expected, found.slice(0, expected.length))
  })
}

function markdownRoundTrip(one) {
  return articleFiles(one).map(({ article, file }) => {
    const { article: read, problems } = readMarkdown(readFileSync(file, 'utf8'))
    const plain = (value) => JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? portable(inner) : inner))
    if (problems.length > 0) return { subject: file, fault: problems.map((problem) => problem.message).join('; ') }
    return sameText(file.split('/').at(-1), plain(article.parts), plain(read.parts))
  })
}

function articleFiles(one) {
  const names = slugs(one.issue.articles.map((article) => article.id))
  return one.issue.articles.map((article) => ({ article, file: join(one.exported, 'articles', `${names.get(article.id)}.md`) }))
}
