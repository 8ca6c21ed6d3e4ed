import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createWriter } from '../collection-text.mjs'
import type { Chance } from './chance.ts'

/** Gives paragraphs that stand together. */
export type TextSource = (count: number, chance: Chance) => readonly string[]

/** UTF-16 units of each file of texts: more would only take memory. */
const MOST = 12_000_000
/** Shorter lines are headings and rests of menus. */
const SHORTEST = 40

/** Texts (`*.txt.gz`, a paragraph a line) of a folder, each file as often as the others. @throws Error without any. */
export function textsBelow(folder: string): TextSource {
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.txt.gz')) : []
  if (names.length === 0) throw new Error(`expected texts (*.txt.gz) in ${folder}, found none`)
  const files = names.toSorted().map(name => linesOf(join(folder, name)))
  return (count, chance) => {
    const lines = chance.pick(files)
    const start = chance.below(Math.max(1, lines.length - count))
    return lines.slice(start, start + count)
  }
}

function linesOf(path: string): string[] {
  const text = gunzipSync(readFileSync(path)).subarray(0, MOST).toString('utf8')
  return text.split('\n').filter(line => line.length >= SHORTEST && line.length < 4000)
}

/** Generated prose, for where there are no texts. */
export function generatedTexts(seed: number): TextSource {
  const writer = createWriter(seed)
  return count => {
    const text: string = writer.document(count * 330).toMarkdown()
    const paragraphs = text.split('\n\n').filter(line => /^[A-Z]/.test(line) && line.length >= SHORTEST)
    return paragraphs.slice(0, count)
  }
}
