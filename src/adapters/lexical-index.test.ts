import { createBm25Index } from '../core/lexical/bm25-index.ts'
import { createPlainLexicalIndex } from '../core/lexical/plain-lexical-index.ts'
import { describeLexicalIndex } from './lexical-index.suite.ts'

describeLexicalIndex('BM25 over typed arrays', createBm25Index)
describeLexicalIndex('BM25 as the formula reads', createPlainLexicalIndex)
