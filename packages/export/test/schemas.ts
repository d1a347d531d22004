// Official schemas, read from BROADSHEET_CORPUS: none of them is ours to ship.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ParseOption, RelaxNGValidator, XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm'

export const corpus: string | undefined = process.env.BROADSHEET_CORPUS
const folder = join(corpus ?? '', 'conformance/schemas')
let registered = false
const validators = new Map<string, XsdValidator | RelaxNGValidator>()

function validator(schema: string): XsdValidator | RelaxNGValidator {
  let known = validators.get(schema)
  if (!known) {
    if (!registered) {
      const xlink = readFileSync(join(folder, 'xlink/xlink.xsd'))
      xmlRegisterInputProvider(
        new XmlBufferInputProvider({ 'http://www.loc.gov/standards/xlink/xlink.xsd': xlink, 'http://www.loc.gov/mets/xlink.xsd': xlink })
      )
      registered = true
    }
    const document = XmlDocument.fromBuffer(readFileSync(join(folder, schema)), { option: ParseOption.XML_PARSE_HUGE })
    known = schema.endsWith('.rng') ? RelaxNGValidator.fromDoc(document) : XsdValidator.fromDoc(document)
    validators.set(schema, known)
  }
  return known
}

/** What the schema (a path like `alto/alto-4-4.xsd`) says against a document: '' when it is valid. */
export function validate(xml: string, schema: string): string {
  const document = XmlDocument.fromString(xml)
  try {
    validator(schema).validate(document)
    return ''
  } catch (error) {
    return (error as Error).message
  } finally {
    document.dispose()
  }
}

/** String values of an XPath expression; prefix `x` is the namespace of the root. */
export function select(xml: string, path: string): string[] {
  const document = XmlDocument.fromString(xml)
  try {
    const namespace = document.root.namespaceUri
    const namespaces = { x: namespace, xlink: 'http://www.w3.org/1999/xlink' }
    return document.find(path, namespaces).map((node) => ('value' in node ? String(node.value) : node.content))
  } finally {
    document.dispose()
  }
}
