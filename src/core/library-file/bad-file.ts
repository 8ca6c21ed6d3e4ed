import { failure } from '../errors.ts'

/** @param why A clause about the file, such as "it ends too early". */
export function badFile(why: string, cause?: unknown): Error {
  return failure('BadLibraryFile', `This library file cannot be used: ${why}.`, cause)
}
