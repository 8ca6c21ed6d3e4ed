import type { FilePlace } from '../core/ports/files.ts'
import { LIBRARY_FILE_ENDING, LIBRARY_FILE_TYPE } from '../core/library-file/file-name.ts'

/** A place for the file, `undefined` where the browser only knows downloads, or `cancelled`. */
export type ChosenPlace = FilePlace | undefined | 'cancelled'

interface SavePickerOptions {
  readonly suggestedName: string
  readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[]
}

/** Chromium alone has it. */
type ShowSaveFilePicker = (options: SavePickerOptions) => Promise<FilePlace>

/** Asks where a library file is to be written. Call it while the click is being handled: the browser insists. */
export async function choosePlace(name: string): Promise<ChosenPlace> {
  const { showSaveFilePicker } = globalThis as { showSaveFilePicker?: ShowSaveFilePicker }
  if (showSaveFilePicker === undefined) return undefined
  const types = [{ accept: { [LIBRARY_FILE_TYPE]: [LIBRARY_FILE_ENDING] } }]
  try {
    return await showSaveFilePicker({ suggestedName: name, types })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled'
    // Refused by a policy, or in a frame: the downloads are still there.
    return undefined
  }
}
