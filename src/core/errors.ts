/**
 * Failures of the world. Only an error's `name`, `message` and `stack` survive the way out of a worker, so the
 * code is the name. Mistakes of ours are plain `Error`s with a sentence that says what was expected and what came.
 */
export type ErrorCode =
  | 'StorageFull'
  | 'StorageUnavailable'
  /** A newer Belfry has changed the form of what is stored; this page is too old for it. */
  | 'NewerBelfry'
  | 'ModelUnavailable'
  | 'ModelCorrupt'
  | 'ModelUnsupported'
  | 'EncoderFailed'
  | 'UnreadableFile'
  | 'BadLibraryFile'
  | 'WrongPassphrase'
  | 'PassphraseUnsupported'
  /** The server that this library is synchronised with; `VectorServerError` says more. */
  | 'VectorServerFailed'
  | 'Cancelled'

const CODES: ReadonlySet<string> = new Set<ErrorCode>([
  'StorageFull',
  'StorageUnavailable',
  'NewerBelfry',
  'ModelUnavailable',
  'ModelCorrupt',
  'ModelUnsupported',
  'EncoderFailed',
  'UnreadableFile',
  'BadLibraryFile',
  'WrongPassphrase',
  'PassphraseUnsupported',
  'VectorServerFailed',
  'Cancelled',
])

/** The browser's own names for what we name ourselves. */
const PLATFORM_NAMES: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'StorageFull',
  AbortError: 'Cancelled',
}

/** An error whose `name` is the code; `message` is a sentence for the user. */
export function failure(code: ErrorCode, message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause })
  error.name = code
  return error
}

/** The code of anything thrown, here or in another thread; `undefined` when it carries none. */
export function codeOf(thrown: unknown): ErrorCode | undefined {
  const name = nameOf(thrown)
  if (name === undefined) return undefined
  return CODES.has(name) ? (name as ErrorCode) : PLATFORM_NAMES[name]
}

/** The sentence of anything thrown. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error && thrown.message !== '') return thrown.message
  return String(thrown)
}

function nameOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('name' in thrown)) return undefined
  return typeof thrown.name === 'string' ? thrown.name : undefined
}
