import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectSite, madeSiteIssue } from './made-site.ts'

const executablePath = [process.env.BROADSHEET_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path)
)

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.jpg': 'image/jpeg',
  '.png': 'image/png'
}

/** The plainest web space there is. */
function serve(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const bytes = await readFile(join(folder, path)).catch(() => undefined)
    response.writeHead(bytes ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
    response.end(bytes)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describe.skipIf(!executablePath)('the site in Chromium (skipped where there is none; BROADSHEET_CHROMIUM names one)', () => {
  let folder: string
  let server: Server
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broadsheet-site-'))
    const issues = [await madeSiteIssue(), await madeSiteIssue({ id: 'hostile', date: '2023-01-02', hostile: true })]
    for (const [path, content] of await collectSite(issues, { formats: [], title: '示例报库' })) {
      await mkdir(join(folder, dirname(path)), { recursive: true })
      await writeFile(join(folder, path), content)
    }
    server = await serve(folder)
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const bases: [name: string, base: () => string][] = [
    ['from a disk', () => `${pathToFileURL(folder)}/`],
    ['from a server', () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`]
  ]

  /** A page that notes every request to elsewhere, every error and every dialog. */
  async function open(base: string, path: string): Promise<{ page: Page; faults: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } })
    const faults: string[] = []
    page.on(
      'request',
      (request) => !request.url().startsWith(base) && !/^(?:data|blob):/.test(request.url()) && faults.push(`asked for ${request.url()}`)
    )
    page.on('requestfailed', (request) => faults.push(`did not get ${request.url()}`))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('dialog', (dialog) => {
      faults.push(`dialog ${dialog.message()}`)
      dialog.dismiss()
    })
    await page.goto(base + path)
    return { page, faults }
  }

  describe.each(bases)('%s', (_, base) => {
    it('finds a word of two characters inside a sentence and leads to the article', async () => {
      const { page, faults } = await open(base(), 'index.html')
      await page.fill('main input[type=search]', '步行')
      await page.press('main input[type=search]', 'Enter')
      await page.waitForSelector('.results li:nth-child(2)')
      expect(await page.textContent('[role=status]')).toBe('共 2 条。')
      expect(await page.textContent('.results li mark')).toBe('步行')
      await page.click('.results li a')
      expect(await page.textContent('h1')).toBe('渡口新桥通车')
      expect(faults).toEqual([])
      await page.close()
    })

    it('shows the scan, its outlines, and the article that is picked on it', async () => {
      const { page, faults } = await open(base(), 'issues/made-2024-03-05/pages/p01.html')
      await page.waitForSelector('.scan[data-ready] a.outline')
      const drawn = await page.evaluate(() => document.querySelectorAll('.scan canvas').length)
      expect(drawn).toBeGreaterThan(0)
      await page.focus('a.outline[aria-label="老茶馆里说新事"]')
      await page.keyboard.press('Enter')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('老茶馆里说新事')
      expect(await page.evaluate(() => document.querySelectorAll('a.outline.current').length)).toBeGreaterThan(0)
      expect(faults).toEqual([])
      await page.close()
    })

    it('zooms by its buttons and by the keyboard, and goes to the place of a paragraph', async () => {
      const { page, faults } = await open(base(), 'issues/made-2024-03-05/pages/p01.html')
      await page.waitForSelector('.scan[data-ready] a.outline')
      const width = (): Promise<number> => page.evaluate(() => document.querySelector('a.outline')!.getBoundingClientRect().width)
      const before = await width()
      await page.click('button[data-does=in]')
      await page.waitForFunction((least) => document.querySelector('a.outline')!.getBoundingClientRect().width > least * 1.3, before)
      await page.focus('button[data-does=in]')
      await page.keyboard.press('ArrowDown')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-does'))).toBe('out')
      await page.click('p.paragraph .place')
      await page.waitForSelector('.scan .here')
      expect(faults).toEqual([])
      await page.close()
    })

    it('switches between clean, changed and raw text', async () => {
      const { page, faults } = await open(base(), 'issues/made-2024-03-05/articles/made-2024-03-05-p01-i0001.html')
      const shown = (): Promise<string> => page.innerText('article p.paragraph')
      expect(await shown()).toContain('就能过江，')
      await page.check('#view-diff')
      expect(await shown()).toContain('就能过汪江，')
      await page.click('.changes summary')
      expect(await page.innerText('.changes li')).toContain('“过江”成词')
      await page.keyboard.press('Escape')
      await page.focus('#view-diff')
      await page.keyboard.press('ArrowRight')
      expect(await shown()).toContain('就能过汪，')
      expect(faults).toEqual([])
      await page.close()
    })

    it('runs nothing that a newspaper says', async () => {
      for (const path of [
        'index.html',
        'issues/hostile/index.html',
        'issues/hostile/pages/p01.html',
        'issues/hostile/articles/hostile-p02-i0001.html',
        `search.html?q=${encodeURIComponent('<script>alert')}`
      ]) {
        const { page, faults } = await open(base(), path)
        await page.waitForTimeout(200)
        expect(faults).toEqual([])
        await page.close()
      }
    })
  })

  it('has landmarks, a way past them, and names for every control', async () => {
    const { page } = await open(bases[0]![1](), 'issues/made-2024-03-05/pages/p01.html')
    await page.waitForSelector('.scan[data-ready] a.outline')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], button, input, [role=toolbar], nav, section')]
        .filter((element) => {
          const label = element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? ''
          return label.trim() === '' && element.getAttribute('aria-hidden') !== 'true'
        })
        .map((element) => element.outerHTML.slice(0, 120))
    )
    expect(unnamed).toEqual([])
    expect(await page.evaluate(() => ['header', 'main', 'nav', 'h1'].map((name) => document.querySelectorAll(name).length > 0))).toEqual([
      true,
      true,
      true,
      true
    ])
    await page.close()
  })

  it('fits a telephone: nothing is wider than the screen', async () => {
    for (const path of [
      'index.html',
      'years/2024.html',
      'issues/made-2024-03-05/pages/p01.html',
      'issues/hostile/articles/hostile-p02-i0001.html',
      'search.html'
    ]) {
      const { page } = await open(bases[0]![1](), path)
      await page.setViewportSize({ width: 360, height: 700 })
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 360])
      await page.close()
    }
  })
})
