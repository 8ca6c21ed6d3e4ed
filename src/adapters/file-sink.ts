import { codeOf, failure, messageOf } from '../core/errors.ts'
import type { ByteSink, FilePlace } from '../core/ports/files.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * A file at a chosen place, or else a Blob, which the browser may keep on disk while it grows. A file at a place is
 * written beside it and takes that place when it is closed.
 * @throws StorageFull, or StorageUnavailable when the place cannot be written.
 */
export async function openFileSink(place: FilePlace | undefined, mediaType: string): Promise<ByteSink> {
  return place === undefined ? blobSink(mediaType) : placeSink(place)
}

function blobSink(mediaType: string): ByteSink {
  let parts: Blob[] = []
  return {
    async write(bytes) {
      parts.push(new Blob([bytes as Bytes]))
    },
    close: async () => new Blob(parts, { type: mediaType }),
    async abort() {
      parts = []
    },
  }
}

async function placeSink(place: FilePlace): Promise<ByteSink> {
  const file = await place.createWritable().catch(cannotWrite)
  return {
    write: bytes => file.write(bytes as Bytes).catch(cannotWrite),
    async close() {
      await file.close().catch(cannotWrite)
      return undefined
    },
    abort: () => file.abort().catch(() => undefined),
  }
}

function cannotWrite(error: unknown): never {
  if (codeOf(error) === 'StorageFull') {
    throw failure('StorageFull', 'There is not enough room for the file at the chosen place.', error)
  }
  throw failure('StorageUnavailable', `The file could not be written: ${messageOf(error)}`, error)
}
