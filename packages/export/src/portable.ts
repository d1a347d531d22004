// Characters that XML 1.0 or HTML forbid, and halves of surrogate pairs, which UTF-8 cannot hold.
const unportable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]|[\ud83f\ud87f\ud8bf\ud8ff\ud93f\ud97f\ud9bf\ud9ff\uda3f\uda7f\udabf\udaff\udb3f\udb7f\udbbf\udbff][\udffe\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * `text` as every format can hold it: each character that XML 1.0, HTML or UTF-8 forbids (controls but tab and line ends,
 * noncharacters, lone surrogates) becomes U+FFFD, one for one, so that offsets stay and the loss can be seen.
 */
export function portable(text: string): string {
  return text.replace(unportable, (found) => '\ufffd'.repeat(found.length))
}

/** How many characters `portable` replaces. */
export function countUnportable(text: string): number {
  return text.match(unportable)?.length ?? 0
}
