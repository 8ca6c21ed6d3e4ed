import { failure } from '../../core/errors.ts'

/** `what` goes on behind the entry's path, without a full stop: `is protected with a password`. */
export function unreadableEntry(path: string, what: string, cause?: unknown): Error {
  return failure('UnreadableFile', `\`${path}\` ${what}.`, cause)
}
