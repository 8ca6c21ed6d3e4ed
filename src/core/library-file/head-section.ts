/** One learned head: length, JSON, then dimension, and dimension² float32 row by row. */
import { countOf, fieldsOf, numberOf, oneOf, textOf } from '../fields.ts'
import type { LearnedScores } from '../learning-state.ts'
import type { HeadVersion } from '../ports/learning.ts'
import { createByteCursor, joinBytes } from './byte-cursor.ts'
import { encodeUtf8 } from './utf8.ts'

/** A head as it stands in a file: the store that takes it in numbers it. */
export interface FiledHead extends Omit<HeadVersion, 'number'> {
  /** Whether it was in use for its tower. */
  readonly inUse: boolean
}

const MOST_JSON = 2 ** 16
const MOST_DIMENSION = 4096
const MOST = Number.MAX_SAFE_INTEGER

export function packHead({ correction, ...head }: FiledHead): Uint8Array {
  const json = encodeUtf8(JSON.stringify(head))
  return joinBytes(json.length, json, Math.sqrt(correction.length), correction)
}

/** @throws Error with what was expected and what came. */
export function unpackHead(payload: Uint8Array): FiledHead {
  const cursor = createByteCursor(payload)
  const json = fieldsOf(JSON.parse(cursor.text('the description', MOST_JSON)), 'the description')
  const dimension = countOf(cursor.u32('the dimension'), 'the dimension', 1, MOST_DIMENSION)
  const correction = cursor.f32s('the matrix', dimension * dimension)
  cursor.end()
  if (!correction.every(Number.isFinite)) throw new Error('expected a matrix of finite numbers, got another')
  return {
    tower: textOf(json['tower'], 'tower', 256),
    source: oneOf(json['source'], 'source', ['openings', 'documents']),
    learnedAt: numberOf(json['learnedAt'], 'learnedAt', 0, MOST),
    scores: scoresOf(json['scores']),
    inUse: json['inUse'] === true,
    correction,
  }
}

function scoresOf(value: unknown): LearnedScores {
  const scores = fieldsOf(value, 'scores')
  const share = (name: keyof LearnedScores) => numberOf(scores[name], name, 0, 1)
  return {
    examples: countOf(scores['examples'], 'examples', 0, MOST),
    before: share('before'),
    after: share('after'),
    probesBefore: share('probesBefore'),
    probesAfter: share('probesAfter'),
  }
}
