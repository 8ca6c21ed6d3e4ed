import type { DBSchema } from 'idb'
import { fieldsOf } from '../core/fields.ts'
import { DEFAULT_PASSAGES, type PassageSettings, passageSettingsOf } from '../core/passage-settings.ts'
import type { SettingsStore } from '../core/ports/settings.ts'
import { connect } from './idb-connection.ts'

interface SettingsSchema extends DBSchema {
  settings: { key: string; value: PassageSettings | boolean }
}

const VERSION = 1
const PASSAGES = 'passages'
const CUTTING = 'cutting'

/** Settings in a database of their own: the engine's worker has no other place that lasts. */
export function openIdbSettings(name = 'belfry-settings'): SettingsStore & { close(): Promise<void> } {
  const connection = connect<SettingsSchema>(name, VERSION, db => void db.createObjectStore('settings'))
  return {
    passages: async () => chosen(await connection.run(db => db.get('settings', PASSAGES))),
    choosePassages: settings =>
      connection.run(async db => {
        await db.put('settings', settings, PASSAGES)
      }),
    isCutting: () => connection.run(async db => (await db.get('settings', CUTTING)) === true),
    setCutting: is =>
      connection.run(async db => {
        await db.put('settings', is, CUTTING)
      }),
    close: () => connection.close(),
  }
}

/** What a later Belfry has stored may mean nothing here. */
function chosen(value: unknown): PassageSettings {
  try {
    return passageSettingsOf(fieldsOf(value, 'passages'))
  } catch {
    return DEFAULT_PASSAGES
  }
}
