/**
 * What describes a model: `manifest.json` beside its files, format `belfry.two-tower`, version 1. It may come from a
 * stranger, so every field is checked and bounded before anybody acts on it.
 */
import { failure, messageOf } from '../errors.ts'
import { countOf, fieldsOf, listOf, numberOf, oneOf, pathOf, sha256Of, textOf } from '../fields.ts'
import type { Tower } from '../ports/encoder.ts'

export const MANIFEST_FORMAT = 'belfry.two-tower'
export const MANIFEST_VERSION = 1

/**
 * What `attention_mask` holds: how often each distinct piece stands in the text (order does not matter), or 1 for each piece
 * of the text in order.
 */
export type TowerInput = 'counts' | 'sequence'

/** One side of the model as an ONNX graph: `input_ids`, `attention_mask` → `embedding`. Paths are among `files`. */
export interface TowerManifest {
  readonly graph: string
  /** Files of weights that the graph refers to by these very names. */
  readonly externalData: readonly string[]
  /** Put before every text. */
  readonly prefix: string
  /** Pieces of a text that are read; the rest is cut off. */
  readonly maxTokens: number
  readonly input: TowerInput
}

export interface ManifestFile {
  /** Relative to the manifest. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** What the model was trained on. */
export interface ManifestSource {
  readonly name: string
  readonly licence: string
}

export interface ModelManifest {
  readonly name: string
  /** The model's own version. */
  readonly version: string
  readonly licence: string
  readonly sources: readonly ManifestSource[]
  readonly dimension: number
  readonly towers: Readonly<Record<Tower, TowerManifest>>
  /** Path of the `tokenizer.json`. */
  readonly tokenizer: string
  readonly files: readonly ManifestFile[]
  /** Weight of the dense side in hybrid search, 0 to 1. */
  readonly fusion: { readonly weight: number }
  /** Least cosine of a strong, and of a fair, match. */
  readonly strength: { readonly strong: number; readonly fair: number }
}

/** Files of a model, and their bytes together, at most. */
export const MOST_FILES = 32
export const MOST_BYTES = 2 ** 30

/** @throws ModelUnsupported with what was expected and what came. */
export function parseManifest(parsed: unknown): ModelManifest {
  try {
    return manifestOf(parsed)
  } catch (error) {
    throw failure('ModelUnsupported', `This model cannot be used: ${messageOf(error)}.`)
  }
}

function manifestOf(parsed: unknown): ModelManifest {
  const fields = fieldsOf(parsed, 'the manifest')
  expectFormat(fields['format'], fields['formatVersion'])
  const towers = fieldsOf(fields['towers'], 'towers')
  const manifest: ModelManifest = {
    name: textOf(fields['name'], 'name', 200),
    version: textOf(fields['version'], 'version', 40),
    licence: textOf(fields['licence'], 'licence', 200),
    sources: listOf(fields['sources'], 'sources', 1000, parseSource),
    dimension: countOf(fields['dimension'], 'dimension', 1, 4096),
    towers: {
      query: parseTower(towers['query'], 'towers.query'),
      document: parseTower(towers['document'], 'towers.document'),
    },
    tokenizer: pathOf(fields['tokenizer'], 'tokenizer'),
    files: listOf(fields['files'], 'files', MOST_FILES, parseFile),
    fusion: { weight: numberOf(fieldsOf(fields['fusion'], 'fusion')['weight'], 'fusion.weight', 0, 1) },
    strength: parseStrength(fields['strength']),
  }
  expectFiles(manifest)
  return manifest
}

function expectFormat(format: unknown, version: unknown): void {
  if (format === MANIFEST_FORMAT && version === MANIFEST_VERSION) return
  const got = `${shortly(format)} version ${shortly(version)}`
  throw new Error(`expected the format ${MANIFEST_FORMAT} version ${MANIFEST_VERSION}, got ${got}`)
}

function shortly(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 40) ?? 'nothing'
}

function parseTower(value: unknown, name: string): TowerManifest {
  const tower = fieldsOf(value, name)
  return {
    graph: pathOf(tower['graph'], `${name}.graph`),
    externalData: listOf(tower['externalData'], `${name}.externalData`, MOST_FILES, pathOf),
    prefix: textOf(tower['prefix'], `${name}.prefix`, 200, 0),
    maxTokens: countOf(tower['maxTokens'], `${name}.maxTokens`, 1, 8192),
    input: oneOf(tower['input'] ?? 'sequence', `${name}.input`, ['counts', 'sequence']),
  }
}

function parseSource(value: unknown, name: string): ManifestSource {
  const source = fieldsOf(value, name)
  return {
    name: textOf(source['name'], `${name}.name`, 200),
    licence: textOf(source['licence'], `${name}.licence`, 200),
  }
}

function parseFile(value: unknown, name: string): ManifestFile {
  const file = fieldsOf(value, name)
  return {
    path: pathOf(file['path'], `${name}.path`),
    bytes: countOf(file['bytes'], `${name}.bytes`, 1, MOST_BYTES),
    sha256: sha256Of(file['sha256'], `${name}.sha256`),
  }
}

function parseStrength(value: unknown): ModelManifest['strength'] {
  const strength = fieldsOf(value, 'strength')
  const strong = numberOf(strength['strong'], 'strength.strong', -1, 1)
  return { strong, fair: numberOf(strength['fair'], 'strength.fair', -1, strong) }
}

/** Every path that is used is a file, no file is named twice, and all together can be loaded. */
function expectFiles({ files, towers, tokenizer }: ModelManifest): void {
  const paths = new Set(files.map(file => file.path))
  if (paths.size !== files.length) throw unsupported('each file once', 'a path twice')
  const used = [tokenizer, ...Object.values(towers).flatMap(tower => [tower.graph, ...tower.externalData])]
  for (const path of used)
    if (!paths.has(path)) throw unsupported(`${path} among the files`, [...paths].join(', '))
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (bytes > MOST_BYTES) throw unsupported(`at most ${MOST_BYTES} bytes in all`, `${bytes}`)
}

function unsupported(expected: string, got: string): Error {
  return new Error(`expected ${expected}, got ${got.slice(0, 200)}`)
}
