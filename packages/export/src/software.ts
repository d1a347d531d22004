/** How this release names itself in what it writes. */
export const software: { readonly name: string; readonly version: string } = { name: 'Broadsheet', version: '0.1.0' }
