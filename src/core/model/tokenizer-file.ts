/** Reads the part of a Hugging Face `tokenizer.json` that a WordPiece tokenizer needs. The file may be a stranger's. */
import { failure } from '../errors.ts'
import type { WordRules } from './bert-words.ts'

export interface TokenizerFile {
  readonly rules: WordRules
  readonly vocabulary: ReadonlyMap<string, number>
  readonly unknown: number
  readonly continuation: string
  readonly longestWord: number
}

const MAX_PIECES = 1_000_000

type Fields = Readonly<Record<string, unknown>>

/** @throws ModelUnsupported when the file is not a BERT-style WordPiece tokenizer. */
export function parseTokenizerFile(parsed: unknown): TokenizerFile {
  const file = fields(parsed, 'the tokenizer file')
  const model = fields(file['model'], 'its model')
  if (model['type'] !== 'WordPiece') throw unsupported('a model of type WordPiece', model['type'])
  if ((file['post_processor'] ?? undefined) !== undefined)
    throw unsupported('no post-processor', fieldType(file['post_processor']))
  if (fieldType(file['pre_tokenizer']) !== 'BertPreTokenizer') {
    throw unsupported('the pre-tokenizer BertPreTokenizer', fieldType(file['pre_tokenizer']))
  }
  const vocabulary = parseVocabulary(model['vocab'])
  const unknown = vocabulary.get(text(model['unk_token'] ?? '[UNK]', 'the unknown token'))
  if (unknown === undefined) throw unsupported('the unknown token among the pieces', model['unk_token'])
  return {
    rules: parseRules(file['normalizer']),
    vocabulary,
    unknown,
    continuation: text(model['continuing_subword_prefix'] ?? '##', 'the continuation mark'),
    longestWord: count(model['max_input_chars_per_word'] ?? 100, 10_000, 'the longest word'),
  }
}

function parseRules(value: unknown): WordRules {
  const normalizer = fields(value, 'the normalizer')
  if (normalizer['type'] !== 'BertNormalizer') {
    throw unsupported('the normalizer BertNormalizer', normalizer['type'])
  }
  const lowercase = normalizer['lowercase'] !== false
  return {
    lowercase,
    cleanText: normalizer['clean_text'] !== false,
    splitChinese: normalizer['handle_chinese_chars'] !== false,
    stripAccents: (normalizer['strip_accents'] ?? lowercase) === true,
  }
}

function parseVocabulary(value: unknown): ReadonlyMap<string, number> {
  const entries = Object.entries(fields(value, 'the vocabulary'))
  if (entries.length === 0 || entries.length > MAX_PIECES) {
    throw unsupported(`1 to ${MAX_PIECES} pieces`, entries.length)
  }
  const vocabulary = new Map<string, number>()
  for (const [piece, id] of entries) vocabulary.set(piece, count(id, MAX_PIECES, `the id of ${piece}`))
  return vocabulary
}

function fields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw unsupported(`${what} as an object`, value)
}

function fieldType(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'type' in value ? value.type : value
}

function text(value: unknown, what: string): string {
  if (typeof value === 'string' && value.length <= 100) return value
  throw unsupported(`${what} as a short text`, value)
}

function count(value: unknown, limit: number, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= limit) return value
  throw unsupported(`${what} as a whole number from 0 to ${limit}`, value)
}

function unsupported(expected: string, got: unknown): Error {
  const shown = JSON.stringify(got)?.slice(0, 80) ?? 'nothing'
  return failure('ModelUnsupported', `This tokenizer cannot be used: expected ${expected}, got ${shown}.`)
}
