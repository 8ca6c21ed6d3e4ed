/** Where files from strangers are parsed; it may be stopped at any time without losing anything. */
import { expose } from 'comlink'
import { createTextExtractor } from '../src/adapters/text-extractor.ts'

expose(createTextExtractor())
