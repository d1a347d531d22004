/** Why a path of a manifest or an archive must not be opened; undefined for an honest relative one. */
export function pathFault(path: string): string | undefined {
  return faults.find(([pattern]) => pattern.test(path))?.[1]
}

const faults: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'it is empty'],
  [/^[/]/, 'it is absolute'],
  [/^~/, 'it starts in a home folder'],
  [/^[A-Za-z]:/, 'it names a drive'],
  [/^\\/, 'it is a network or absolute path'],
  [/^%[^%/\\]+%[/\\]/, 'it starts with a variable'],
  [/(?:^|[/\\])\.\.(?:[/\\]|$)|\\\.\\\./, 'it leads upwards'],
  [/\0/, 'it holds a NUL'],
  [/\/$|\/\/|(?:^|\/)\.(?:\/|$)/, 'it has an empty part or a dot for one'],
  [/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/, 'it is not valid Unicode']
]

/** What is the same name to a file system that ignores case and normalisation. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
