import type { Box, Problem } from '@broadsheet/document'
import { boxAround } from './page-parts.ts'

/** A JSON value of unknown shape. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Parses JSON; what is wrong is a problem. */
export function parseJson(text: string): { readonly value?: Json; readonly problems: Problem[] } {
  try {
    return { value: JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text) as Json, problems: [] }
  } catch (error) {
    return { problems: [{ message: `The file is not JSON: ${error instanceof Error ? error.message : String(error)}` }] }
  }
}

export function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A box from `[x0, y0, x1, y1]`, `[[x, y], …]` or `[x, y, x, y, x, y, x, y]`. */
export function boxOf(value: Json | undefined): Box | undefined {
  const list = listOf(value)
  if (list.length >= 3 && list.every((point) => listOf(point).length === 2))
    return boxAround(list.flatMap((point) => pairOf(listOf(point)[0], listOf(point)[1])))
  const numbers = list.map(numberOf)
  if (numbers.length < 4 || numbers.length % 2 !== 0 || numbers.some((number) => number === undefined)) return undefined
  return boxAround(Array.from({ length: numbers.length / 2 }, (_, i): [number, number] => [numbers[2 * i]!, numbers[2 * i + 1]!]))
}

function pairOf(x: Json | undefined, y: Json | undefined): [number, number][] {
  const [a, b] = [numberOf(x), numberOf(y)]
  return a === undefined || b === undefined ? [] : [[a, b]]
}
