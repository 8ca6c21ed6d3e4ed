import { failure } from '../core/errors.ts'
import type { Extracted, Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { TableChoice } from '../core/table.ts'
import { readFile } from './read-file.ts'
import { readHead } from './read-head.ts'

/** Reads every format that Belfry knows. Needs no DOM: runs in a worker and in Node. */
export function createFileExtractor(
  read: (file: SourceFile, choices: readonly TableChoice[]) => AsyncGenerator<Extracted> = readFile,
): Extractor {
  const readings = new Map<number, AsyncGenerator<Extracted>>()
  let opened = 0

  return {
    async open(file, choices = []) {
      readings.set(++opened, read(file, choices))
      return opened
    },

    async next(reading) {
      const generator = readings.get(reading)
      if (generator === undefined) throw failure('UnreadableFile', 'This file is not being read any more.')
      try {
        const { value, done } = await generator.next()
        if (done !== true) return value
        readings.delete(reading)
        return undefined
      } catch (error) {
        readings.delete(reading)
        throw error
      }
    },

    async close(reading) {
      await readings.get(reading)?.return(undefined)
      readings.delete(reading)
    },

    head: readHead,
  }
}
