/** Where files from strangers are parsed; it may be stopped at any time without losing anything. */
import { expose } from 'comlink'
import { createFileExtractor } from '../src/adapters/file-extractor.ts'

expose(createFileExtractor())
