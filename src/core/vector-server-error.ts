/** Why a vector server did not do what it was asked to. */
export type VectorServerProblem =
  /** It could not be reached, or the browser did not let the page reach it. */
  | 'network'
  | 'timeout'
  /** The token is missing, wrong, or may not do this. */
  | 'auth'
  | 'not-found'
  /** What is to be made is there already. */
  | 'conflict'
  | 'too-large'
  | 'rate-limit'
  | 'quota'
  /** This server cannot do it. */
  | 'unsupported'
  /** It finds the request wrong. */
  | 'invalid'
  | 'server'
  /** It said what no such server says: another program, a proxy's page, or half an answer. */
  | 'protocol'

/** `message` is a sentence for the user. The kind does not survive the way out of a worker; the name does. */
export class VectorServerError extends Error {
  override readonly name = 'VectorServerFailed'
  readonly kind: VectorServerProblem
  /** Of the answer; missing where there was none. */
  readonly status: number | undefined

  constructor(kind: VectorServerProblem, message: string, status?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
    this.status = status
  }
}

/** Of anything thrown; `undefined` when it is not of a vector server. */
export function problemOf(thrown: unknown): VectorServerProblem | undefined {
  return thrown instanceof VectorServerError ? thrown.kind : undefined
}
