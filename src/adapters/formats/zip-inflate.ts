import { codeOf } from '../../core/errors.ts'
import type { ReadRange } from './range-reader.ts'
import type { ZipRecord } from './zip-directory.ts'
import { unreadableEntry } from './zip-problems.ts'

type Bytes = Uint8Array<ArrayBuffer>

const LOCAL_SIZE = 30
/** Chromium unpacks all that it is given before it hands anything on: at deflate's best ratio, 16 MiB of it. */
const PIECE = 16 * 1024

/** The bytes of an entry as they lie in the archive, behind its local header (APPNOTE 6.3.10, 4.3.7). */
export async function* packedBytes(path: string, record: ZipRecord, read: ReadRange): AsyncGenerator<Bytes> {
  const header = await read(record.offset, record.offset + LOCAL_SIZE)
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (header.length < LOCAL_SIZE || view.getUint32(0, true) !== 0x04034b50) {
    throw unreadableEntry(path, 'is damaged: it is not where the archive says')
  }
  const start = record.offset + LOCAL_SIZE + view.getUint16(26, true) + view.getUint16(28, true)
  const end = start + record.packedSize
  for (let at = start; at < end; at += PIECE) {
    const bytes = await read(at, Math.min(end, at + PIECE))
    if (bytes.length === 0) throw unreadableEntry(path, 'is cut off')
    yield bytes
  }
}

/** What deflated bytes unpack to. No more is unpacked ahead than one piece. */
export async function* inflated(path: string, pieces: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  const reader = streamOf(pieces).pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const { done, value } = await orDamaged(path, () => reader.read())
      if (done) return
      yield value
    }
  } finally {
    // It rejects with what was thrown already.
    await reader.cancel().catch(() => undefined)
  }
}

function streamOf(pieces: AsyncGenerator<Bytes>): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function orDamaged<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) === 'UnreadableFile') throw error
    throw unreadableEntry(path, 'is damaged: it cannot be unpacked', error)
  }
}
