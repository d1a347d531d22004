// ALTO, PAGE-XML, METS, TEI against their official schemas; hOCR as XML; the text as an XML tool reads it.
import { join } from 'node:path'
import { slugs } from '../../packages/export/dist/index.js'
import { filesBelow, judge, lacks, run, sameText, solid, unescapeXml } from './tools.mjs'

const xmllint = 'libxml2-utils'
const schemasAdvice = 'official schemas (put alto/, page/, mets/, tei/ and catalog.xml into <suites>/schemas, or set BROADSHEET_CORPUS)'

function schemaCheck(name, schema, files) {
  const option = schema.endsWith('.rng') ? '--relaxng' : '--schema'
  return {
    name,
    by: `xmllint ${schema}`,
    missing: (context) => lacks('xmllint', `apt-get install ${xmllint}`) ?? (context.find(`schemas/${schema}`) ? undefined : schemasAdvice),
    run: (candidates, context) => {
      process.env.XML_CATALOG_FILES = context.find('schemas/catalog.xml') ?? ''
      const path = context.find(`schemas/${schema}`)
      return judge(candidates.flatMap(files), 'xmllint', (file) => ['--nonet', '--huge', '--noout', option, path, file])
    }
  }
}

const alto = (version) =>
  schemaCheck(`ALTO ${version.replace('-', '.')}`, `alto/alto-${version}.xsd`, (one) => filesBelow(one.alto[version], 'alto.xml'))

export const xmlChecks = [
  alto('4-4'),
  alto('3-1'),
  alto('2-1'),
  schemaCheck('PAGE-XML 2019', 'page/pagecontent-2019-07-15.xsd', (one) => filesBelow(one.exported, 'page.xml')),
  schemaCheck('METS 1.12.1', 'mets/mets-1.12.1.xsd', (one) => [join(one.exported, 'mets.xml')]),
  schemaCheck('TEI P5', 'tei/tei_all.rng', (one) => [join(one.exported, 'tei.xml')]),
  {
    name: 'hOCR, Dublin Core, feed: XML',
    by: 'xmllint',
    missing: () => lacks('xmllint', `apt-get install ${xmllint}`),
    run: (candidates) =>
      judge(
        candidates.flatMap((one) => [
          ...filesBelow(one.exported, '.hocr'),
          join(one.exported, 'dc.xml'),
          join(one.site, 'feed.xml'),
          join(one.site, 'sitemap.xml')
        ]),
        'xmllint',
        (file) => ['--nonet', '--noout', file]
      )
  },
  {
    name: 'ALTO says the clean text',
    by: 'xmllint --xpath, against the model',
    missing: () => lacks('xmllint', `apt-get install ${xmllint}`),
    run: (candidates) =>
      candidates.flatMap((one) => {
        const folders = slugs(one.issue.pages.map((page) => page.id))
        return one.pages.map(({ page, text }) => {
          const file = join(one.exported, 'pages', folders.get(page.id), 'alto.xml')
          const { stdout } = run('xmllint', ['--huge', '--xpath', '//*[local-name()="String" or local-name()="HYP"]/@CONTENT', file])
          const found = [...stdout.matchAll(/CONTENT="([^"]*)"/g)].map((match) => unescapeXml(match[1])).join('')
          return sameText(file.split('/').slice(-3).join('/'), solid(text.join('')), solid(found))
        })
      })
  }
]
