import { Tokenizer as ReferenceTokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../errors.ts'
import { createTokenizer } from './word-piece.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789ßøαβγσςд'

const PIECES = [
  '[PAD]',
  '[UNK]',
  ...Array.from(`${LETTERS}中文日本`),
  ...Array.from(LETTERS, letter => `##${letter}`),
  'bread',
  'stal',
  'stale',
  '##ness',
  '##ing',
  'embed',
  '##ding',
  '##dings',
  'naive',
  '2024',
]

const file = {
  added_tokens: [],
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: true,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(PIECES.map((piece, id) => [piece, id])),
  },
}

const tokenizer = createTokenizer(file)
const reference = new ReferenceTokenizer(file, {})

/** The reference's ids but for the unknown piece, which has no weight in our models. */
function referenceIds(text: string): number[] {
  return reference.encode(text, { add_special_tokens: false }).ids.filter(id => id !== 1)
}

function ids(text: string, maxTokens = 100_000): number[] {
  return [...tokenizer.encode(text, maxTokens)]
}

const pieces = (...names: string[]) => names.map(name => PIECES.indexOf(name))

describe('the WordPiece tokenizer', () => {
  it.each([
    'How do I keep bread from going stale?',
    'STALENESS, embedding and embeddings; p53 and 2024-05-01.',
    'naïve café déjà-vu, Straße, smørrebrød, Ångström',
    'Ελληνικά: ΑΒΓ ΣΟΦΟΣ ὀδυσσεύς',
    'Привет, дом! Ёлка и й',
    '中文 and 日本語 mixedテキスト中a文b',
    'नमस्ते दुनिया، مرحبا بالعالم، שלום עולם',
    'สวัสดีชาวโลก 안녕하세요',
    'emoji 👩‍🚀 bread🍞stale, flags 🇫🇷',
    'tabs\tand\nlines\r\nand\u00a0no-break\u2003spaces\u200bzero\u0000nul\ufffd\u007f\u000b\u000c',
    'İstanbul ISTANBUL ıI ŉ ﬁ ẞ',
    `${'a'.repeat(100)} ${'b'.repeat(101)} c`,
    "it's $5.00 + 3^2 ~ `code` <tag> | under_score «quoted» — dash… ‘x’",
    '',
    ' \n ',
  ])('agrees with the reference on %j', text => {
    expect(ids(text)).toEqual(referenceIds(text))
  })

  it('agrees with the reference on any text', () => {
    // But for two corners of the reference: it looks at CJK characters outside the first plane by halves and leaves them
    // in their word, and it takes `[UNK]` in a text for the special piece.
    const text = fc
      .string({
        unit: fc.oneof(
          fc.constantFrom(...Array.from(' \t.,-éÉßΣα中bread')),
          fc.string({ unit: 'binary', maxLength: 1 }),
        ),
      })
      .filter(text => !/[\u{20000}-\u{2FA1F}]/u.test(text) && !text.includes('[UNK]'))
    fc.assert(
      fc.property(text, text => {
        expect(ids(text)).toEqual(referenceIds(text))
      }),
      { numRuns: 2000, seed: 7 },
    )
  })

  it('agrees with the reference across the seams of long texts', () => {
    const words = fc.constantFrom('bread', 'ΟΔΟΣ', 'naïve', 'é', '中文', 'staleness.', '\u0301', 'x\u200b')
    const long = fc.array(words, { minLength: 600, maxLength: 900 }).map(list => list.join(' '))
    fc.assert(
      fc.property(long, text => {
        expect(ids(text)).toEqual(referenceIds(text))
      }),
      { numRuns: 20, seed: 7 },
    )
  })

  it('cuts a word greedily into the longest pieces', () => {
    expect(ids('staleness')).toEqual(pieces('stale', '##ness'))
    expect(ids('embeddings')).toEqual(pieces('embed', '##dings'))
  })

  it('gives no piece for punctuation and for words with unknown characters', () => {
    expect(ids('?! … bread ☃snow bread')).toEqual(pieces('bread', 'bread'))
  })

  it('keeps the first pieces when there are too many', () => {
    expect(ids('stale breadness bread', 3)).toEqual(pieces('stale', 'bread', '##ness'))
    expect(ids('bread', 0)).toEqual([])
  })

  it('reads only as much of an endless text as it needs', () => {
    expect(ids(`bread ${'\u00e9 '.repeat(2_000_000)}`, 2)).toEqual(pieces('bread', 'e'))
  })

  it('remembers more words than it can hold', () => {
    const text = Array.from({ length: 60_000 }, (_, i) => `a${i}`).join(' ')
    expect(ids(text)).toEqual(ids(text))
  })

  it.each([
    ['nothing', undefined],
    ['another model', { ...file, model: { ...file.model, type: 'BPE' } }],
    ['another normaliser', { ...file, normalizer: { type: 'NFC' } }],
    ['another pre-tokenizer', { ...file, pre_tokenizer: { type: 'Whitespace' } }],
    ['special tokens around the text', { ...file, post_processor: { type: 'TemplateProcessing' } }],
    ['no pieces', { ...file, model: { ...file.model, vocab: {} } }],
    ['an id that is no number', { ...file, model: { ...file.model, vocab: { '[UNK]': 'one' } } }],
    ['a huge id', { ...file, model: { ...file.model, vocab: { '[UNK]': 0, a: 1e12 } } }],
    ['an unknown piece that is unknown', { ...file, model: { ...file.model, unk_token: '<unk>' } }],
  ])('refuses a file with %s', (_, broken) => {
    let thrown: unknown
    try {
      createTokenizer(broken)
    } catch (error) {
      thrown = error
    }
    expect(codeOf(thrown)).toBe('ModelUnsupported')
  })
})
