// Characters that no XML 1.0 document may hold, and halves of surrogate pairs, which UTF-8 cannot hold.
const unportable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * `text` as every format can hold it: each character that XML 1.0 or UTF-8 forbids (C0 controls but tab and line ends,
 * U+FFFE, U+FFFF, lone surrogates) becomes U+FFFD, one for one, so that offsets stay and the loss can be seen.
 */
export function portable(text: string): string {
  return text.replace(unportable, '\ufffd')
}

/** How many characters `portable` replaces. */
export function countUnportable(text: string): number {
  return text.match(unportable)?.length ?? 0
}
