/** What a file says of itself, at its beginning and at its end, and the settings: JSON. */
import { countOf, type Fields, fieldsOf, numberOf, textOf } from '../fields.ts'
import { type PassageSettings, passageSettingsOf } from '../passage-settings.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

/** What the file was made from; the counts are those of the moment when its writing began. */
export interface LibraryFileInfo {
  /** Milliseconds since the epoch. */
  readonly writtenAt: number
  readonly documents: number
  readonly passages: number
  /** The model in use, where there was one. Each document names the space of its own vectors. */
  readonly model: FiledModel | undefined
  /** Whether the noted openings are in it. */
  readonly openings: boolean
}

export interface FiledModel {
  readonly name: string
  readonly space: string
  readonly dimension: number
}

/** What is really in the file, at its end. */
export interface LibraryFileCounts {
  readonly documents: number
  readonly passages: number
  readonly heads: number
  readonly openings: number
}

export interface FiledSettings {
  /** Whether openings are noted. */
  readonly noting: boolean
  /** How documents are cut; missing in files of an early Belfry. */
  readonly passages?: PassageSettings
}

const MOST_JSON = 2 ** 20
const MOST = Number.MAX_SAFE_INTEGER

export function packJson(value: LibraryFileInfo | LibraryFileCounts | FiledSettings): Uint8Array {
  return encodeUtf8(JSON.stringify(value))
}

/** @throws Error with what was expected and what came; so do the others. */
export function unpackInfo(payload: Uint8Array): LibraryFileInfo {
  const json = read(payload)
  return {
    writtenAt: numberOf(json['writtenAt'], 'writtenAt', 0, 8.64e15),
    documents: countOf(json['documents'], 'documents', 0, MOST),
    passages: countOf(json['passages'], 'passages', 0, MOST),
    model: json['model'] === undefined ? undefined : modelOf(fieldsOf(json['model'], 'model')),
    openings: json['openings'] === true,
  }
}

export function unpackCounts(payload: Uint8Array): LibraryFileCounts {
  const json = read(payload)
  const count = (name: keyof LibraryFileCounts) => countOf(json[name], name, 0, MOST)
  return {
    documents: count('documents'),
    passages: count('passages'),
    heads: count('heads'),
    openings: count('openings'),
  }
}

export function unpackSettings(payload: Uint8Array): FiledSettings {
  const { noting, passages } = read(payload)
  return {
    noting: noting !== false,
    ...(passages === undefined ? {} : { passages: passageSettingsOf(fieldsOf(passages, 'passages')) }),
  }
}

function modelOf(json: Fields): FiledModel {
  return {
    name: textOf(json['name'], 'model.name', 200),
    space: textOf(json['space'], 'model.space', 256),
    dimension: countOf(json['dimension'], 'model.dimension', 1, 8192),
  }
}

function read(payload: Uint8Array): Fields {
  if (payload.length > MOST_JSON)
    throw new Error(`expected at most ${MOST_JSON} bytes, got ${payload.length}`)
  return fieldsOf(JSON.parse(decodeUtf8(payload)), 'the description')
}
