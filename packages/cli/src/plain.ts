/**
 * Text that a file or a scan brought, made safe for a terminal and for a log of one event a line: control, escape and
 * direction-changing characters and half surrogates are shown as `\u{1b}`.
 */
export function plain(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (char) => `\\u{${char.charCodeAt(0).toString(16)}}`
  )
}

/** Cells a terminal gives to `text`: two for East Asian wide characters. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text)
    width +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
        char
      )
        ? 2
        : 1
  return width
}

/** `text` padded with blanks to `width` cells; cut with … when longer. */
export function padCells(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  let shown = text
  while (displayWidth(shown) > width) shown = `${[...shown].slice(0, -2).join('')}…`
  const blanks = ' '.repeat(width - displayWidth(shown))
  return align === 'left' ? shown + blanks : blanks + shown
}

/** A path as a person can paste it into a shell: quoted where it holds anything but letters, figures and . / _ - */
export function shellWord(path: string): string {
  return /^[\p{L}\p{N}._/\\:-]+$/u.test(path) ? path : `'${plain(path).replaceAll("'", "'\\''")}'`
}
