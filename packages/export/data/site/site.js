// What all pages share: the light or dark theme, and the reader's choice of text. Both are only conveniences.
/* global document, localStorage, matchMedia */
;(() => {
  // A browser may forbid it to pages from a disk.
  const remember = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`broadsheet-${key}`)
      localStorage.setItem(`broadsheet-${key}`, value)
    } catch {}
    return null
  }

  const theme = remember('theme')
  if (theme) document.documentElement.dataset.theme = theme

  const button = document.querySelector('button.theme')
  if (button) {
    button.hidden = false
    button.addEventListener('click', () => {
      const dark =
        (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
      document.documentElement.dataset.theme = dark ? 'light' : 'dark'
      remember('theme', dark ? 'light' : 'dark')
    })
  }

  const views = [...document.querySelectorAll('input[name=view]')]
  const view = remember('view')
  for (const input of views) {
    if (view) input.checked = input.value === view
    input.addEventListener('change', () => remember('view', input.value))
  }
})()
