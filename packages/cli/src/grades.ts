import { join } from 'node:path'
import { combineGrades, formatTable, gradePage, type PageGrade, percent, type Table, type TextGrade } from '@broadsheet/compare'
import type { Issue } from '@broadsheet/document'
import { loadLanguageModel, readTraditional } from '@broadsheet/normalize'
import { inkOf } from './ink.ts'
import { findPages } from './read-pages.ts'
import { print } from './terminal.ts'

interface Options {
  readonly scans?: string
  readonly language: string
  readonly json?: boolean
}

interface GradedPage {
  readonly issue?: Issue
  readonly grade: PageGrade
}

/** Grades of pages, articles and the worst paragraphs, without any truth. */
export async function gradePages(what: string, options: Options): Promise<void> {
  const model = loadLanguageModel()
  const traditional = readTraditional(model)
  const pages: GradedPage[] = []
  for await (const { clean, issue } of findPages(what, options.language)) {
    const ink = options.scans === undefined ? undefined : await inkOf(clean.page, [options.scans, join(options.scans, issue?.id ?? '')])
    pages.push({ grade: gradePage(clean, { model, traditional, ...(ink ? { ink } : {}) }), ...(issue ? { issue } : {}) })
  }
  const articles = [...new Set(pages.flatMap((page) => page.issue ?? []))].flatMap((issue) => gradeArticles(issue, pages))
  if (options.json)
    return print(`${JSON.stringify({ pages: pages.map(({ grade, issue }) => ({ issue: issue?.id, ...grade })), articles }, null, 2)}\n`)
  for (const table of [pageTable(pages), articleTable(articles), worstTable(pages), layoutTable(pages)])
    if (table.rows.length > 0) await print(`${formatTable(table)}\n`)
}

interface ArticleGrade extends TextGrade {
  readonly article: string
  readonly heading: string
}

function gradeArticles(issue: Issue, pages: readonly GradedPage[]): ArticleGrade[] {
  const blocks = new Map(
    pages
      .filter((page) => page.issue === issue)
      .flatMap(({ grade }) => grade.blocks.map((block) => [`${grade.page}\n${block.block}`, block]))
  )
  return issue.articles.map((article) => ({
    article: article.id,
    heading: article.heading ?? '',
    ...combineGrades(article.parts.flatMap((part) => part.blocks).flatMap(({ page, block }) => blocks.get(`${page}\n${block}`) ?? []))
  }))
}

const figures = ({ grade, score, low, characters }: TextGrade): string[] => [
  grade,
  percent(1 - score),
  percent(1 - low),
  String(characters)
]
const columns = ['grade', 'expected errors', 'worst twentieth', 'characters'] as const

function pageTable(pages: readonly GradedPage[]): Table {
  const sorted = [...pages].sort((a, b) => a.grade.score - b.grade.score)
  return {
    heading: 'Pages, worst first',
    columns: ['page', ...columns, 'doubtful characters'],
    rows: sorted.map(({ grade, issue }) => [
      issue ? `${issue.id}/${grade.page}` : grade.page,
      ...figures(grade),
      String(grade.evidence.suspects ?? 0)
    ])
  }
}

function articleTable(articles: readonly ArticleGrade[]): Table {
  const sorted = [...articles].sort((a, b) => a.score - b.score)
  return {
    heading: 'Articles, worst first',
    columns: ['article', ...columns],
    rows: sorted.map((article) => [article.article, ...figures(article)])
  }
}

/** So many paragraphs are worth a look at once. */
const shownBlocks = 20

function worstTable(pages: readonly GradedPage[]): Table {
  const worst = pages
    .flatMap(({ grade }) => grade.blocks.map((block) => ({ page: grade.page, block })))
    .filter(({ block }) => block.grade > 'B')
    .sort((a, b) => b.block.expectedErrors - a.block.expectedErrors)
    .slice(0, shownBlocks)
  return {
    heading: 'Paragraphs to look at first',
    columns: ['page', 'block', 'grade', 'expected errors', 'characters'],
    rows: worst.map(({ page, block }) => [page, block.block, block.grade, percent(1 - block.score), String(block.characters)])
  }
}

function layoutTable(pages: readonly GradedPage[]): Table {
  return {
    heading: 'Errors of the layout that no format check sees',
    columns: ['page', 'place', 'box (x y width height)', 'what'],
    rows: pages.flatMap(({ grade }) =>
      grade.layout.map(({ place, box, message }) => [grade.page, place ?? '–', `${box.x} ${box.y} ${box.width} ${box.height}`, message])
    )
  }
}
