// The site and IIIF: the W3C's checker, the Presentation 3 schema, and that nothing leads to anybody else.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { filesBelow, lacks, lacksSuite, root, run } from './tools.mjs'

const vnu = 'node_modules/vnu-jar/build/dist/vnu.jar'
const schema = ['presentation-validator/schema/iiif_3_0.json']

export const webChecks = [
  {
    name: 'Site: HTML',
    by: 'W3C Nu HTML checker',
    missing: (context) =>
      lacks('java', 'apt-get install default-jre-headless') ?? lacksSuite(context, 'npm install vnu-jar in <suites>, or --fetch', vnu),
    run: (candidates, context) =>
      candidates.map((one) => {
        const { status, output } = run('java', ['-Xss4m', '-jar', context.find(vnu), '--errors-only', '--skip-non-html', one.site])
        return { subject: `${one.name}: ${filesBelow(one.site, '.html').length} pages`, fault: status === 0 ? undefined : output }
      })
  },
  {
    name: 'Site: asks nobody else',
    by: 'every address in its HTML and CSS',
    missing: () => undefined,
    run: (candidates) =>
      candidates.flatMap((one) =>
        [...filesBelow(one.site, '.html'), ...filesBelow(one.site, '.css')].map((file) => {
          const addresses = [...readFileSync(file, 'utf8').matchAll(/\b(?:src|srcset|href|action|poster|data)="([^"]*)"|url\(([^)]*)\)/g)]
          const alien = addresses
            .map((match) => match[1] ?? match[2])
            .find((address) => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address) && !/^(?:data:,|https:\/\/archive\.example\/)/.test(address))
          return { subject: file.split('/').slice(-2).join('/'), fault: alien && `leads to ${alien}` }
        })
      )
  },
  {
    name: 'IIIF Presentation 3',
    by: 'JSON schema of the IIIF validator, ajv',
    missing: (context) => lacksSuite(context, 'IIIF/presentation-validator as <suites>/presentation-validator, or --fetch', ...schema),
    run: (candidates, context) => {
      const Ajv = createRequire(join(root, 'package.json'))('ajv').default
      const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(
        JSON.parse(readFileSync(context.find(...schema), 'utf8'))
      )
      return candidates.flatMap((one) =>
        [
          ...filesBelow(one.site, 'manifest.json'),
          ...filesBelow(one.exported, 'manifest.json'),
          ...filesBelow(join(one.exported, 'annotations'), '.json')
        ].map((file) => ({
          subject: file.split('/').slice(-2).join('/'),
          fault: validate(JSON.parse(readFileSync(file, 'utf8'))) ? undefined : JSON.stringify(validate.errors.slice(0, 2))
        }))
      )
    }
  }
]
