/** Some of the noted openings, as JSON. */
import { parseDocumentId } from '../document.ts'
import { countOf, fieldsOf, listOf, numberOf, sha256Of, textOf } from '../fields.ts'
import type { Interaction, PassageRef } from '../interaction.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

/** Openings in one section: about 100 KB. */
export const OPENINGS_AT_ONCE = 100
const MOST_OPENINGS = 1000
const MOST_SHOWN = 1000
const LONGEST_QUERY = 2 ** 16
const MOST = Number.MAX_SAFE_INTEGER

export function packOpenings(entries: readonly Interaction[]): Uint8Array {
  return encodeUtf8(JSON.stringify(entries))
}

/** @throws Error with what was expected and what came. */
export function unpackOpenings(payload: Uint8Array): Interaction[] {
  return listOf(JSON.parse(decodeUtf8(payload)), 'the openings', MOST_OPENINGS, openingOf)
}

function openingOf(value: unknown, name: string): Interaction {
  const entry = fieldsOf(value, name)
  return {
    query: textOf(entry['query'], `${name}.query`, LONGEST_QUERY, 0),
    shown: listOf(entry['shown'], `${name}.shown`, MOST_SHOWN, refOf),
    opened: refOf(entry['opened'], `${name}.opened`),
    milliseconds: numberOf(entry['milliseconds'], `${name}.milliseconds`, 0, MOST),
    at: numberOf(entry['at'], `${name}.at`, -MOST, MOST),
  }
}

function refOf(value: unknown, name: string): PassageRef {
  const ref = fieldsOf(value, name)
  return {
    document: parseDocumentId(sha256Of(ref['document'], `${name}.document`)),
    passage: countOf(ref['passage'], `${name}.passage`, 0, 2 ** 32 - 1),
  }
}
