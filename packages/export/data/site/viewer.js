// The scan: deep zoom, outlines of articles, places of text. A classic script, for file://.
/* global document, location, OpenSeadragon, matchMedia */
globalThis.broadsheet ??= {}

;(() => {
  const pages = new Map()

  // Called by the data file of each page.
  globalThis.broadsheet.addPage = (page) => pages.set(page.id, page)

  function start() {
    const scan = document.querySelector('.scan[data-page]')
    if (!scan || typeof OpenSeadragon === 'undefined') return
    const canvas = scan.querySelector('.canvas')
    const first = pages.get(scan.dataset.page)
    if (!first) return
    canvas.replaceChildren()
    // OpenSeadragon would put a rule of its own into the page, which the page's policy forbids (site.css has it instead).
    // It looks for an element of that name first: here is one that is no HTML style.
    const rule = document.createElementNS('urn:broadsheet', 'style')
    rule.setAttribute('data-openseadragon-mobile-css', 'true')
    document.head.append(rule)
    const viewer = OpenSeadragon({
      element: canvas,
      tileSources: sourceOf(first, scan.dataset.root),
      // Neither WebGL nor requests: pictures of a file:// page may only be drawn.
      drawer: 'canvas',
      crossOriginPolicy: false,
      prefixUrl: '',
      showNavigationControl: false,
      animationTime: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 0.5,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      maxZoomPixelRatio: 3,
      visibilityRatio: 0.4,
      minZoomImageRatio: 0.8
    })
    const state = { scan, viewer, page: first, whenOpen: () => showArticle(state) }
    viewer.addHandler('open', () => {
      viewer.canvas.setAttribute('role', 'group')
      viewer.canvas.setAttribute('aria-label', state.page.label)
      drawOutlines(state)
      state.whenOpen?.()
      state.whenOpen = undefined
      scan.dataset.ready = state.page.id
    })
    viewer.addHandler('canvas-click', (event) => {
      const outline = event.quick && event.originalTarget.closest?.('a.outline')
      if (outline) choose(state, outline.dataset.anchor)
    })
    tools(state)
    document.addEventListener('click', (event) => {
      const link = event.target.closest?.('a.place')
      if (!link) return
      event.preventDefault()
      showPlaces(state, JSON.parse(link.dataset.places))
    })
    addEventListener('hashchange', () => showArticle(state))
  }

  function sourceOf(page, root) {
    const { folder, ...source } = page.source
    return { ...source, id: root + folder.split('/').map(encodeURIComponent).join('/') }
  }

  function rectangle({ viewer, page }, [x, y, width, height]) {
    return viewer.viewport.imageToViewportRectangle(x - page.origin[0], y - page.origin[1], width, height)
  }

  function drawOutlines(state) {
    const only = state.scan.dataset.outlined
    for (const outline of state.page.outlines) {
      for (const [index, box] of outline.boxes.entries()) {
        // One link an article; its other boxes are but drawn.
        const element = document.createElement('a')
        element.className = 'outline'
        element.dataset.anchor = outline.anchor
        if (index === 0) {
          element.href = `#${outline.anchor}`
          element.setAttribute('aria-label', outline.title)
          element.addEventListener('keydown', (event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            event.stopPropagation()
            choose(state, outline.anchor)
          })
          element.addEventListener('focus', () => mark(state, outline.anchor))
        } else element.setAttribute('aria-hidden', 'true')
        element.addEventListener('pointerenter', () => mark(state, outline.anchor))
        state.viewer.addOverlay({ element, location: rectangle(state, box) })
      }
    }
    mark(state, only ?? location.hash.slice(1))
  }

  function mark(state, anchor) {
    for (const element of state.scan.querySelectorAll('a.outline')) element.classList.toggle('current', element.dataset.anchor === anchor)
  }

  /** An article was picked on the scan: its text comes into view. */
  function choose(state, anchor) {
    mark(state, anchor)
    const article = document.getElementById(anchor)
    if (!article) return
    history.replaceState(null, '', `#${encodeURIComponent(anchor)}`)
    article.scrollIntoView({ block: 'start' })
    article.focus({ preventScroll: true })
  }

  /** The article of this page (or named in its address) is brought into the frame. */
  function showArticle(state) {
    const anchor = state.scan.dataset.outlined ?? decodeURIComponent(location.hash.slice(1))
    const outline = state.page.outlines.find((candidate) => candidate.anchor === anchor)
    if (!outline) return
    mark(state, anchor)
    fit(state, outline.boxes)
  }

  function fit(state, boxes) {
    if (boxes.length === 0) return
    const left = Math.min(...boxes.map((box) => box[0]))
    const top = Math.min(...boxes.map((box) => box[1]))
    const right = Math.max(...boxes.map((box) => box[0] + box[2]))
    const bottom = Math.max(...boxes.map((box) => box[1] + box[3]))
    const margin = 0.06 * Math.max(right - left, bottom - top) + 20
    state.viewer.viewport.fitBounds(rectangle(state, [left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin]))
  }

  function showPage(state, id, then) {
    const page = pages.get(id)
    if (!page?.source) return
    if (page === state.page) {
      then()
      return
    }
    state.page = page
    state.whenOpen = then
    for (const tab of state.scan.querySelectorAll('[data-page]'))
      if (tab !== state.scan) tab.setAttribute('aria-pressed', String(tab.dataset.page === id))
    state.viewer.clearOverlays()
    state.viewer.open(sourceOf(page, state.scan.dataset.root))
  }

  function showPlaces(state, places) {
    const [id, boxes] = places.find(([page]) => page === state.page.id) ?? places[0]
    showPage(state, id, () => {
      for (const old of state.scan.querySelectorAll('.here')) state.viewer.removeOverlay(old)
      for (const box of boxes) {
        const element = document.createElement('span')
        element.className = 'here'
        state.viewer.addOverlay({ element, location: rectangle(state, box) })
      }
      fit(state, boxes)
      if (state.scan.getBoundingClientRect().bottom < 0 || state.scan.getBoundingClientRect().top > innerHeight) state.scan.scrollIntoView()
    })
  }

  function tools(state) {
    const { scan, viewer } = state
    const does = {
      in: () => viewer.viewport.zoomBy(1.5),
      out: () => viewer.viewport.zoomBy(1 / 1.5),
      home: () => viewer.viewport.goHome(),
      full: () => (document.fullscreenElement ? document.exitFullscreen() : scan.requestFullscreen?.()),
      outlines: (button) => button.setAttribute('aria-pressed', String(!scan.classList.toggle('bare')))
    }
    for (const bar of scan.querySelectorAll('[hidden]')) bar.hidden = false
    scan.addEventListener('click', (event) => {
      const button = event.target.closest?.('button')
      if (!button) return
      if (button.dataset.page) showPage(state, button.dataset.page, () => showArticle(state))
      does[button.dataset.does]?.(button)
      if (button.dataset.does !== 'full') viewer.viewport.applyConstraints()
    })
    // A toolbar is one stop of the Tab key; arrows move within.
    const bar = scan.querySelector('[role=toolbar]')
    const buttons = [...bar.querySelectorAll('button')]
    for (const [index, button] of buttons.entries()) button.tabIndex = index === 0 ? 0 : -1
    bar.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
      if (!step) return
      event.preventDefault()
      const at = buttons.indexOf(document.activeElement)
      const next = buttons[(at + step + buttons.length) % buttons.length]
      for (const button of buttons) button.tabIndex = button === next ? 0 : -1
      next.focus()
    })
  }

  if (document.readyState === 'complete') start()
  else document.addEventListener('DOMContentLoaded', start)
})()
