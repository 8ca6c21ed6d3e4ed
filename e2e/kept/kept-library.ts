/** Libraries of every version, as files: `library-1.json` and so on, beside this source. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateSync, inflateSync } from 'node:zlib'
import type { KeptDatabase } from './databases.ts'

export interface KeptLibrary {
  /** SHA-256 of the manifest of the model that it was made with. */
  readonly model: string
  readonly databases: readonly KeptDatabase[]
  readonly expected: Expected
}

/** What somebody must find in it. */
export interface Expected {
  readonly documents: readonly ExpectedDocument[]
  /** In the log. */
  readonly openings: number
  /** Openings that the version in use was learned from. */
  readonly learnedFrom: number
  /** Paths of the files that a tab had still to take in when it was closed. */
  readonly untaken: readonly string[]
}

export interface ExpectedDocument {
  readonly title: string
  /** A query of words that are in it. */
  readonly words: string
  /** A query that shares no word with it, but for the smallest. */
  readonly meaning: string
  /** What its preview shows. */
  readonly sentence: string
}

/** The models can be had again, and so can what the indexes save. */
export const KEPT_DATABASES = ['belfry', 'belfry-log', 'belfry-heads', 'belfry-waiting']

export const KEPT_FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** The name of the file that keeps these databases: the version of the library, and of the others when it is not 1. */
export function keptName(databases: readonly Pick<KeptDatabase, 'name' | 'version'>[]): string {
  const parts = databases.flatMap(({ name, version }) => {
    if (name === 'belfry') return [`library-${version}`]
    return version === 1 ? [] : [`${name.replace('belfry-', '')}-${version}`]
  })
  return `${parts.join('-')}.json`
}

/** The files that there are. */
export function keptNames(): string[] {
  return readdirSync(KEPT_FOLDER).filter(name => /^library-.*\.json$/.test(name))
}

export function readKept(name: string): KeptLibrary {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'), decode) as KeptLibrary
}

/** In lines, so that it can be read. */
export function formatKept(library: KeptLibrary): string {
  return `${JSON.stringify(library, encode, 1)}\n`
}

const KINDS = { Float32Array, Uint32Array, Uint8Array }
type Kind = keyof typeof KINDS

interface Packed {
  readonly typed: Kind
  /** Its bytes, little-endian, deflated (RFC 1950), in base64. */
  readonly deflated: string
}

function encode(_name: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return pack(value)
  const wrong = value === undefined || (typeof value === 'number' && !Number.isFinite(value))
  if (wrong) throw new Error(`expected a value that JSON can hold, got ${value}`)
  return value
}

function pack(value: ArrayBufferView): Packed {
  const typed = (Object.keys(KINDS) as Kind[]).find(kind => value instanceof KINDS[kind])
  if (typed === undefined) throw new Error(`expected a known typed array, got ${value.constructor.name}`)
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return { typed, deflated: deflateSync(bytes, { level: 9 }).toString('base64') }
}

function decode(_name: string, value: unknown): unknown {
  if (!isPacked(value)) return value
  const bytes = Uint8Array.from(inflateSync(Buffer.from(value.deflated, 'base64')))
  return new KINDS[value.typed](bytes.buffer)
}

function isPacked(value: unknown): value is Packed {
  return typeof value === 'object' && value !== null && 'typed' in value && 'deflated' in value
}
