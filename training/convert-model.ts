/** From the files of a PyTorch model to the folder of a model of ours. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { TowerManifest } from '../src/core/model/manifest.ts'
import { createTokenizer } from '../src/core/model/word-piece.ts'
import type { Tower } from '../src/core/ports/encoder.ts'
import { convertTowers } from './convert-towers.ts'
import type { TableBits } from './convert-towers.ts'
import { writeModelFolder } from './model-folder.ts'
import { numberFlag } from './number-flags.ts'
import { CHOSEN } from './recipe.ts'
import { rnnTowers } from './rnn-towers.ts'
import { readSafetensors } from './safetensors.ts'

const LONGEST_TEXT = 8192

/**
 * Does what `convert-rnn.ts` is told by its arguments; returns what it found, in a line.
 * @throws Error in a sentence for a flag, a file or a model that it cannot take.
 */
export async function convertModel(args: readonly string[]): Promise<string> {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      weights: { type: 'string' },
      tokenizer: { type: 'string' },
      out: { type: 'string' },
      query: { type: 'string', default: 'query' },
      document: { type: 'string', default: 'doc' },
      bits: { type: 'string', default: '8' },
      'query-tokens': { type: 'string', default: '64' },
      'document-tokens': { type: 'string', default: '256' },
      name: { type: 'string', default: 'Recurrent two-tower' },
      licence: { type: 'string', default: 'unknown' },
    },
  })
  const out = required('out', flags.out)
  const bits = bitsOf(flags.bits)
  const tokenizerBytes = new Uint8Array(await readFile(required('tokenizer', flags.tokenizer)))
  const tensors = readSafetensors(new Uint8Array(await readFile(required('weights', flags.weights))))
  const tokenizerJson: unknown = JSON.parse(new TextDecoder().decode(tokenizerBytes))
  const vocabulary = createTokenizer(tokenizerJson).vocabularySize
  const words = { query: flags.query, document: flags.document }
  const towers = rnnTowers(tensors, { vocabulary, words })
  const { files, tables } = convertTowers(towers, tensors, bits)
  const tokens = { least: 1, most: LONGEST_TEXT, whole: true }
  const manifestOf = (side: Tower): TowerManifest => ({
    graph: `${side}.onnx`,
    externalData: [tables[side]],
    prefix: '',
    maxTokens: numberFlag(`${side}-tokens`, flags[`${side}-tokens`], tokens),
    input: 'sequence',
  })
  const description = {
    name: flags.name,
    version: '1',
    licence: flags.licence,
    sources: [],
    dimension: towers.query.outputs,
    towers: { query: manifestOf('query'), document: manifestOf('document') },
    tokenizer: 'tokenizer.json',
    fusion: { weight: CHOSEN.fusionWeight },
    strength: CHOSEN.strength,
  }
  await writeModelFolder(out, description, files.set('tokenizer.json', tokenizerBytes))
  const { cell, shape, outputs } = towers.query
  return `${cell}: ${vocabulary} pieces of ${shape.inputs} numbers, a state of ${shape.hidden}, vectors of ${outputs}`
}

function required(name: string, value: string | undefined): string {
  if (value !== undefined) return value
  throw new Error(`expected --${name}, got none`)
}

function bitsOf(value: string): TableBits {
  if (value === '8') return 8
  if (value === '32') return 32
  throw new Error(`expected 8 or 32 for --bits, got ${value}`)
}
