import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRemote } from '../src/ask/choice.ts'

/** The built command beside a server of our own on this machine: no other can be asked here. */
const command = fileURLToPath(new URL('../bin/broadsheet.js', import.meta.url))
let root: string
let server: Server
let address: string
const seen: string[] = []
let reply: (asked: string) => { readonly status?: number; readonly body: string }

const says = (content: string) => () => ({ body: JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }) })

const broadsheet = (args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, NO_COLOR: '1' }, cwd: root })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (data) => (stdout += data))
    child.stderr.on('data', (data) => (stderr += data))
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const part of request) body += part
  return body
}

const damaged = '秋收\n\n全市农业亻生产形势总体平稳，各地抢抓农时推进秋收，粮食又是一个丰收年。\n'

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'broadsheet-ask-'))
  server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    seen.push(body)
    const { status = 200, body: answer } = request.url === '/v1/models' ? { body: '{"data":[{"id":"small-model"}]}' } : reply(body)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  writeFileSync(join(root, 'page.txt'), damaged)
})
afterAll(() => {
  server.close()
  rmSync(root, { recursive: true })
})

describe('broadsheet clean --ask', () => {
  test('proposes what the model says, records it, and tells it again without asking', async () => {
    reply = says('的')
    const first = await broadsheet(['clean', 'page.txt', '--ask', address, '--answers', 'page.answers.jsonl', '--changes'])
    const proposed = first.stdout.split('\n').filter((line) => line.includes('ask-model'))
    expect(proposed.map((line) => JSON.parse(line))).toMatchObject([
      { status: 'proposed', before: '亻', after: '的', evidence: { model: 'small-model' } }
    ])
    expect(JSON.parse(readFileSync(join(root, 'page.answers.jsonl'), 'utf8'))).toEqual({
      before: '全市农业',
      place: '亻',
      after: '生产形势总体平稳，各地抢抓农时推进秋收，粮食又是一个丰收年。',
      text: '的',
      model: 'small-model'
    })
    const asked = seen.length
    const again = await broadsheet(['clean', 'page.txt', '--ask', address, '--answers', 'page.answers.jsonl', '--changes'])
    const offline = await broadsheet(['clean', 'page.txt', '--answers', 'page.answers.jsonl', '--changes'])
    expect([again.stdout, offline.stdout]).toEqual([first.stdout, first.stdout])
    expect(seen.length).toBe(asked)
    expect(JSON.parse(seen[1]!)).toMatchObject({ model: 'small-model', temperature: 0 })
  })

  test.each([
    ['an error', () => ({ status: 500, body: 'out of memory' }), /answers 500 out of memory/],
    ['no JSON', () => ({ body: '<html>' }), /not JSON/],
    ['JSON of another kind', () => ({ body: '{"choices":[]}' }), /not that of a chat address/]
  ])('is done with the page all the same when the answer is %s', async (_, answer, line) => {
    reply = answer
    const { status, stdout, stderr } = await broadsheet(['clean', 'page.txt', '--ask', address])
    expect(status).toBe(0)
    expect(stdout).toBe((await broadsheet(['clean', 'page.txt'])).stdout)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(line)
  })

  test('makes nothing of an invention', async () => {
    reply = says('我把全文改写如下：全市工业生产形势很好。')
    const { stdout } = await broadsheet(['clean', 'page.txt', '--ask', address, '--changes'])
    expect(stdout).toContain('stray-glyph')
    expect(stdout).not.toContain('ask-model')
  })

  test('asks no address elsewhere without consent, and no file in a folder gives it', async () => {
    const { status, stderr } = await broadsheet(['clean', 'page.txt', '--ask', 'https://models.invalid/v1'])
    expect(status).toBe(2)
    expect(stderr).toContain('--ask-remote')
    mkdirSync(join(root, 'away/paper'), { recursive: true })
    writeFileSync(join(root, 'away/paper/p1.txt'), damaged)
    writeFileSync(join(root, 'away/paper/broadsheet.yaml'), 'title: 临湖晚报\nask:\n  address: https://models.invalid/v1\n')
    const run = await broadsheet(['run', 'away', '-o', 'away-out'])
    expect(run.status).toBe(0)
    expect(run.stderr).toContain('not on this machine')
  })

  test('takes a program as well', async () => {
    writeFileSync(
      join(root, 'masked.mjs'),
      "export default () => ({ name: 'masked-1', correct: async ({ place }) => (place === '亻' ? '的' : '') })\n"
    )
    const { stdout } = await broadsheet(['clean', 'page.txt', '--ask', 'masked.mjs', '--changes'])
    expect(stdout).toContain('"model":"masked-1"')
  })
})

describe('broadsheet run with ask in broadsheet.yaml', () => {
  test('keeps the answers with the page, and gives the same bytes when nobody answers any more', async () => {
    reply = says('的')
    mkdirSync(join(root, 'scans/paper'), { recursive: true })
    writeFileSync(join(root, 'scans/paper/p1.txt'), damaged)
    writeFileSync(join(root, 'scans/paper/broadsheet.yaml'), `title: 临湖晚报\nask:\n  address: ${address}\n`)
    expect((await broadsheet(['run'])).status).toBe(0)
    const changes = readFileSync(join(root, 'output/paper/pages/p1/changes.jsonl'), 'utf8')
    expect(changes).toContain('ask-model/')
    reply = () => ({ status: 503, body: '' })
    const again = await broadsheet(['run', '--json'])
    expect(JSON.parse(again.stdout).issues[0]).toMatchObject({ written: 0 })
    cpSync(join(root, 'output/paper/pages/p1/answers.jsonl'), join(root, 'scans/paper/p1.answers.jsonl'))
    rmSync(join(root, 'output'), { recursive: true })
    expect((await broadsheet(['run'])).status).toBe(0)
    expect(readFileSync(join(root, 'output/paper/pages/p1/changes.jsonl'), 'utf8')).toBe(changes)
  })
})

test.each([
  ['http://127.0.0.1:8080/v1', false],
  ['http://127.9.0.1:8080/v1', false],
  ['http://localhost/v1', false],
  ['http://[::1]:8080/v1', false],
  ['http://192.168.1.9:8080/v1', true],
  ['http://127.0.0.1.models.invalid/v1', true],
  ['http://localhost.models.invalid/v1', true],
  ['http://0.0.0.0:8080/v1', true],
  ['./masked.mjs', false]
])('%s leaves this machine: %s', (of, away) => {
  expect(isRemote(of)).toBe(away)
})
