import { codeOf, messageOf } from '../../core/errors.ts'
import type { BlockWriter } from './block-writer.ts'

/** Reads what a document can do without; when it is damaged, that is said: `what` is plural, as `Its notes`. */
export async function attempt<T>(
  what: string,
  writer: BlockWriter,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (codeOf(error) !== 'UnreadableFile') throw error
    writer.miss(`${what} could not be read: ${messageOf(error)}`)
    return undefined
  }
}

/**
 * Reads a document's slides, sheets or chapters, each into its page from 1. One that is damaged is left out and said so.
 * @throws UnreadableFile when all of them are.
 */
export async function readPages<T>(
  parts: readonly T[],
  name: string,
  writer: BlockWriter,
  read: (part: T, page: number) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = []
  for (const [i, part] of parts.entries()) {
    if (writer.isFull()) return
    try {
      await read(part, i + 1)
    } catch (error) {
      if (codeOf(error) !== 'UnreadableFile') throw error
      errors.push(error)
      writer.miss(`${name} ${i + 1} could not be read: ${messageOf(error)}`)
    }
  }
  if (errors.length > 0 && errors.length === parts.length) throw errors[0]
}
