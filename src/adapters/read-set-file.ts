import { failure } from '../core/errors.ts'
import type { SourceFile } from '../core/ports/files.ts'

/** Bytes of text, unpacked: with its vectors, a set beyond this would not fit into the memory of a tab. */
const MOST_BYTES = 256 * 1024 * 1024

/**
 * The text of a file of an evaluation set, unpacked when it is gzip.
 * @throws UnreadableFile when it cannot be read or unpacked, is no UTF-8, or has more than `mostBytes`.
 */
export async function readSetFile(file: SourceFile, mostBytes = MOST_BYTES): Promise<string> {
  const bytes = await bytesOf(file)
  if (!isGzip(bytes) && file.name.endsWith('.gz')) {
    throw failure('UnreadableFile', `${file.path}: expected a gzip file, got something else`)
  }
  return decodeStream(isGzip(bytes) ? unpacked(bytes) : new Blob([bytes]).stream(), file.path, mostBytes)
}

async function bytesOf(file: SourceFile): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.blob.arrayBuffer())
  } catch (error) {
    throw failure(
      'UnreadableFile',
      `${file.path}: the file cannot be read; it may have been moved or changed`,
      error,
    )
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function unpacked(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
}

async function decodeStream(
  stream: ReadableStream<Uint8Array>,
  path: string,
  mostBytes: number,
): Promise<string> {
  const reader = stream.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parts: string[] = []
  for (let bytes = 0; ; ) {
    const chunk = await orUnreadable(() => reader.read(), `${path}: the gzip file is broken or cut off`)
    bytes += chunk.value?.length ?? 0
    if (bytes > mostBytes) {
      await reader.cancel()
      const most = Math.floor(mostBytes / 1024 / 1024)
      throw failure('UnreadableFile', `${path}: expected at most ${most} MiB of text, got more`)
    }
    const decode = () => decoder.decode(chunk.value, { stream: !chunk.done })
    parts.push(await orUnreadable(async () => decode(), `${path}: expected text in UTF-8, got other bytes`))
    if (chunk.done) return parts.join('')
  }
}

async function orUnreadable<T>(work: () => Promise<T>, message: string): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failure('UnreadableFile', message, error)
  }
}
