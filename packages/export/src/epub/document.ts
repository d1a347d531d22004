import { attributes, escapeMarkup } from '../publish/markup.ts'

/** An XHTML content document of EPUB 3. `body` is markup. */
export function xhtml(options: {
  readonly title: string
  readonly language: string
  readonly body: string
  readonly vertical?: boolean
}): string {
  const { title, language, body, vertical = false } = options
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"${attributes({ lang: language, 'xml:lang': language, class: vertical ? 'vertical' : undefined })}>
<head>
<title>${escapeMarkup(title) || '–'}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`
}

/** Set for reading, not after the paper: the scan is the place for that. */
export const styleSheet = `html.vertical { writing-mode: vertical-rl; -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; }
body { line-height: 1.7; margin: 1em; }
h1 { font-size: 1.5em; line-height: 1.35; }
h2 { font-size: 1.15em; }
p { margin: 0; text-align: justify; }
p.paragraph { text-indent: 2em; }
:lang(en) p.paragraph, :lang(de) p.paragraph { text-indent: 1.5em; hyphens: auto; }
.kicker, .deck { font-weight: bold; }
.credit, .dateline, .caption, .jump-line, .note, .folio { font-size: 0.9em; margin: 0.5em 0; }
.caption { border-inline-start: 0.2em solid; padding-inline-start: 0.6em; }
.table { white-space: pre-wrap; }
.cover img { max-width: 100%; max-height: 100%; }
.furniture p { margin: 0.6em 0; }
`
