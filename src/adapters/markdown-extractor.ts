import { Lexer, type Token, type Tokens } from 'marked'
import type { Block } from '../core/text/join-blocks.ts'
import { takeFrontMatter } from './front-matter.ts'
import { htmlBlocks } from './html-extractor.ts'
import type { Reading } from './reading.ts'
import { inlineText, plainInline } from './markdown-inline.ts'
import { createCarefulTokenizer } from './markdown-tables.ts'

/** What marked may spend on inline markup per document: marks × length; beyond it is quadratic for some texts. */
const INLINE_BUDGET = 100_000_000

/**
 * Reads Markdown (GFM), with front matter: markup goes, words stay. Never throws; linear but for what the budget allows.
 */
export function readMarkdown(source: string): Reading {
  const { title, authors, writtenAt, blocks: front, body } = takeFrontMatter(source.replace(/\r\n?/g, '\n'))
  const blocks = blocksOf(body)
  return {
    title: title ?? blocks.find(block => block.level !== undefined)?.text,
    blocks: [...front, ...blocks],
    ...(authors.length === 0 ? {} : { authors }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
  }
}

function blocksOf(body: string): Block[] {
  try {
    const blocks: Block[] = []
    for (const token of lex(body)) addBlocks(token, blocks)
    return blocks
  } catch {
    // Nesting beyond the stack: the words count, not the structure.
    return body.split(/\n{2,}/).map(text => ({ text: plainInline(text) }))
  }
}

function lex(body: string): Token[] {
  const lexer = new Lexer({ gfm: true, tokenizer: createCarefulTokenizer() })
  lexer.blockTokens(body, lexer.tokens)
  let budget = INLINE_BUDGET
  for (const { src, tokens } of lexer.inlineQueue) {
    budget -= src.length * (src.match(/[^\p{L}\p{N}\s]/gu)?.length ?? 0)
    if (budget > 0) lexer.inlineTokens(src, tokens)
    else tokens.push({ type: 'text', raw: src, text: plainInline(src) })
  }
  return lexer.tokens
}

function addBlocks(token: Token, blocks: Block[]): void {
  const known = token as Tokens.Generic
  switch (token.type) {
    case 'heading':
      blocks.push({ text: inlineText(known.tokens ?? []), level: Number(known['depth']) })
      break
    case 'code':
      blocks.push({ text: String(known['text']) })
      break
    case 'table':
      blocks.push({ text: tableText(token as Tokens.Table) })
      break
    case 'list':
      blocks.push({ text: listText(token as Tokens.List, '') })
      break
    case 'html':
      blocks.push(...htmlBlocks(token.raw))
      break
    case 'blockquote':
      for (const inner of known.tokens ?? []) addBlocks(inner, blocks)
      break
    case 'space':
    case 'hr':
    case 'def':
      break
    default:
      blocks.push({ text: known.tokens === undefined ? token.raw : inlineText(known.tokens) })
  }
}

function tableText({ header, rows }: Tokens.Table): string {
  return [header, ...rows].map(row => row.map(cell => inlineText(cell.tokens)).join(' | ')).join('\n')
}

/** One line per item; what is nested is indented. */
function listText(list: Tokens.List, indent: string): string {
  const first = typeof list.start === 'number' ? list.start : 1
  return list.items
    .map((item, i) => itemText(item, list.ordered ? `${first + i}. ` : '- ', indent))
    .join('\n')
}

function itemText(item: Tokens.ListItem, bullet: string, indent: string): string {
  const inside = `${indent}  `
  const parts = item.tokens.map(token => {
    if (token.type === 'checkbox') return ''
    if (token.type === 'list') return listText(token as Tokens.List, inside)
    const blocks: Block[] = []
    addBlocks(token, blocks)
    return blocks.map(block => block.text).join('\n')
  })
  const box = item.tokens.some(token => token.type === 'checkbox')
    ? item.checked === true
      ? '[x] '
      : '[ ] '
    : ''
  return `${indent}${bullet}${box}${parts.filter(part => part.trim() !== '').join('\n')}`
}
