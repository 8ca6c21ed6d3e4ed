import type { Block } from '../../core/text/join-blocks.ts'
import { isManyNumbers, isScalar, scalarText } from './flatten-json.ts'

const DEEPEST = 64
const MOST_BLOCKS = 200_000
/** A list of short values is written in one line. */
const SHORT = 80

/** Nested data as a person would write it down: the keys of what is nested are headings, the others stand before values. */
export function jsonBlocks(value: unknown): Block[] {
  const blocks: Block[] = []
  addBlocks(value, 1, blocks)
  return blocks
}

function addBlocks(value: unknown, depth: number, blocks: Block[]): void {
  if (depth > DEEPEST || blocks.length > MOST_BLOCKS) return
  if (isScalar(value)) blocks.push({ text: scalarText(value) })
  else if (Array.isArray(value)) addList(value, depth, blocks)
  else addObject(value as object, depth, blocks)
}

function addList(list: readonly unknown[], depth: number, blocks: Block[]): void {
  if (isManyNumbers(list)) return
  blocks.push({ text: plainList(list.filter(isScalar)) })
  for (const inner of list) {
    if (!isScalar(inner)) addBlocks(inner, Array.isArray(inner) ? depth + 1 : depth, blocks)
  }
}

function plainList(list: readonly unknown[]): string {
  const texts = list.map(scalarText).filter(Boolean)
  return texts.join(texts.every(text => text.length <= SHORT) ? ', ' : '\n')
}

function addObject(object: object, depth: number, blocks: Block[]): void {
  const entries = Object.entries(object)
  const lines = entries.filter(([, value]) => isLine(value)).map(([key, value]) => lineOf(key, value))
  blocks.push({ text: lines.filter(Boolean).join('\n') })
  for (const [key, value] of entries) {
    if (isLine(value)) continue
    blocks.push({ text: key, level: Math.min(6, depth) })
    addBlocks(value, depth + 1, blocks)
  }
}

function isLine(value: unknown): boolean {
  return isScalar(value) || (Array.isArray(value) && value.every(isScalar))
}

function lineOf(key: string, value: unknown): string {
  if (Array.isArray(value) && isManyNumbers(value)) return ''
  const text = Array.isArray(value) ? plainList(value) : scalarText(value)
  return text === '' ? '' : `${key}: ${text}`
}
