import { failure } from '../../core/errors.ts'
import type { Block } from '../../core/text/join-blocks.ts'
import { readMarkdown } from '../markdown-extractor.ts'
import type { Reading } from '../reading.ts'

/** UTF-16 units of one cell's output; more is a log or a table that was printed. */
const LONGEST_OUTPUT = 4000
/** Colours of a terminal. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]{0,20}m`, 'g')

type Fields = Readonly<Record<string, unknown>>

/**
 * A Jupyter notebook (nbformat 3 and 4): text cells as Markdown, code as it stands, and behind it what it printed, cut to
 * 4,000 characters. Pictures are left out.
 * @throws UnreadableFile when it is no notebook.
 */
export function readNotebook(source: string): Reading {
  const notebook = fieldsOf(parsed(source))
  const sheets = listOf(notebook['worksheets']).flatMap(sheet => listOf(fieldsOf(sheet)['cells']))
  const cells = [...listOf(notebook['cells']), ...sheets].map(fieldsOf)
  if (cells.length === 0) throw failure('UnreadableFile', 'The notebook is damaged: it has no cells.')
  let cut = 0
  const blocks = cells.flatMap(cell => blocksOf(cell, () => cut++))
  const title =
    textOf(fieldsOf(notebook['metadata'])['title']) || blocks.find(({ level }) => level === 1)?.text
  const missing =
    cut === 0 ? [] : [`Of ${cut === 1 ? 'one output' : `${cut} outputs`}, only the beginning was read.`]
  return { title: title || undefined, blocks, ...(missing.length === 0 ? {} : { missing }) }
}

function blocksOf(cell: Fields, noteCut: () => void): readonly Block[] {
  const source = textOf(cell['source'] ?? cell['input'])
  switch (cell['cell_type']) {
    case 'markdown':
      return readMarkdown(source).blocks
    case 'heading':
      return [{ text: source, level: Math.min(6, Math.max(1, Number(cell['level']) || 1)) }]
    case 'code':
      return [{ text: source }, ...listOf(cell['outputs']).map(output => outputOf(fieldsOf(output), noteCut))]
    default:
      return [{ text: source }]
  }
}

function outputOf(output: Fields, noteCut: () => void): Block {
  const data = fieldsOf(output['data'] ?? output)
  const error = [output['ename'], output['evalue']].map(textOf).filter(Boolean).join(': ')
  const text = error || textOf(output['text']) || textOf(data['text/plain'] ?? data['text/markdown'])
  const shown = text.slice(0, LONGEST_OUTPUT).replace(COLOURS, '')
  if (text.length > LONGEST_OUTPUT) noteCut()
  // What only says that there is an object, or a picture.
  return { text: /^<[^\n]{0,200}>$/.test(shown.trim()) ? '' : shown }
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch (cause) {
    throw failure('UnreadableFile', 'The notebook is damaged: it is no JSON.', cause)
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Texts are strings, or lists of lines. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.filter(line => typeof line === 'string').join('') : ''
}
