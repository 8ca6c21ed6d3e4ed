import {
  DEFAULT_PASSAGES,
  PASSAGE_OVERLAPS,
  PASSAGE_SIZES,
  type PassageSettings,
} from '../core/passage-settings.ts'
import type { SettingsStore } from '../core/ports/settings.ts'
import { connect } from './idb-connection.ts'
import { LIBRARY_VERSION, type LibrarySchema, migrateLibrary } from './idb-schema.ts'

/** Keys in the library's `meta`, whose values are numbers; the place of the choice among all choices. */
const SIZE = 'passageSize'
const OVERLAP = 'passageOverlap'
const TRAIL = 'passageTrail'
const CUTTING = 'cutting'

/** Settings beside the library that they are about. */
export function openIdbSettings(name = 'belfry'): SettingsStore & { close(): Promise<void> } {
  const connection = connect<LibrarySchema>(name, LIBRARY_VERSION, migrateLibrary)
  return {
    passages: () =>
      connection.run(async db => {
        const { store } = db.transaction('meta')
        const [size, overlap, trail] = await Promise.all([SIZE, OVERLAP, TRAIL].map(key => store.get(key)))
        return chosen(size, overlap, trail)
      }),
    choosePassages: ({ size, overlap, trail }) =>
      connection.run(async db => {
        const tx = db.transaction('meta', 'readwrite')
        await Promise.all([
          tx.store.put(PASSAGE_SIZES.indexOf(size), SIZE),
          tx.store.put(PASSAGE_OVERLAPS.indexOf(overlap), OVERLAP),
          tx.store.put(Number(trail), TRAIL),
          tx.done,
        ])
      }),
    isCutting: () => connection.run(async db => (await db.get('meta', CUTTING)) === 1),
    setCutting: is =>
      connection.run(async db => {
        await db.put('meta', Number(is), CUTTING)
      }),
    close: () => connection.close(),
  }
}

/** What a later Belfry has stored may mean nothing here. */
function chosen(size = -1, overlap = -1, trail = 1): PassageSettings {
  return {
    size: PASSAGE_SIZES[size] ?? DEFAULT_PASSAGES.size,
    overlap: PASSAGE_OVERLAPS[overlap] ?? DEFAULT_PASSAGES.overlap,
    trail: trail === 1,
  }
}
