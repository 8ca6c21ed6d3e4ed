import type { Token, Tokens } from 'marked'
import { htmlBlocks } from './html-extractor.ts'

/** The words of inline tokens: links as their text, images as their alternative text, tags gone, entities decoded. */
export function inlineText(tokens: readonly Token[]): string {
  return decodeEntities(tokens.map(textOf).join(''))
}

/** Inline markup taken off by hand, in linear time; for what marked would need too long for. */
export function plainInline(text: string): string {
  return text.replace(/[*`~]+|^#{1,6} |^> ?/gm, '')
}

function textOf(token: Token): string {
  const known = token as Tokens.Generic
  if (token.type === 'br') return '\n'
  if (token.type === 'html') return /^<br\b/i.test(token.raw) ? '\n' : ''
  if (token.type === 'checkbox') return known['checked'] === true ? '[x] ' : '[ ] '
  // Code is shown as it stands: an entity in it is meant as it is written.
  if (token.type === 'codespan') return String(known['text']).replace(/&/g, '&amp;')
  if (known.tokens !== undefined && token.type !== 'image') return known.tokens.map(textOf).join('')
  return typeof known['text'] === 'string' ? known['text'] : token.raw
}

function decodeEntities(text: string): string {
  if (!/&#?\w/.test(text)) return text
  const escaped = text.replace(/</g, '&lt;')
  return htmlBlocks(`<pre>${escaped}</pre>`)
    .map(block => block.text)
    .join('')
}
