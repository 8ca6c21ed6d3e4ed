import { messageOf } from '../../core/errors.ts'
import { VectorServerError, type VectorServerProblem } from '../../core/vector-server-error.ts'

/** Most characters that are quoted of what a server says. */
const QUOTED = 300

const KINDS: Readonly<Record<number, VectorServerProblem>> = {
  400: 'invalid',
  401: 'auth',
  403: 'auth',
  404: 'not-found',
  405: 'protocol',
  408: 'timeout',
  409: 'conflict',
  410: 'unsupported',
  413: 'too-large',
  415: 'protocol',
  422: 'invalid',
  429: 'rate-limit',
  501: 'unsupported',
}

/** What is said before the server's own words. */
const SENTENCES: Readonly<Record<VectorServerProblem, string>> = {
  network: 'The server could not be reached',
  timeout: 'The server did not answer in time',
  auth: 'The server does not accept the credential, or does not allow this',
  'not-found': 'The server has no such thing',
  conflict: 'The server has one of this name already',
  'too-large': 'The request is too large for the server, or for a proxy before it',
  'rate-limit': 'The server wants fewer requests at a time',
  quota: 'The server’s quota is used up',
  unsupported: 'The server cannot do this',
  invalid: 'The server finds the request wrong',
  server: 'The server failed',
  protocol: 'The server did not answer as Chroma does',
}

/** Of an answer that is no success; `body` is Chroma's JSON, a proxy's page, plain text or nothing. */
export function failureOf(status: number, body: string): VectorServerError {
  const said = wordsOf(body)
  const kind = kindOf(status, said)
  return new VectorServerError(
    kind,
    `${SENTENCES[kind]} (${status}${said === '' ? '' : `: ${said}`}).`,
    status,
  )
}

/** Of a redirect, which is not followed: the credential is for the address that was given. */
export function redirectFailure(): VectorServerError {
  return new VectorServerError(
    'protocol',
    'The server sends the request on to another address. Give the one that it sends to.',
  )
}

/** Of a `fetch` that was not answered, or whose answer broke off. Browsers do not tell why. */
export function networkFailure(error: unknown): VectorServerError {
  const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : ''
  return new VectorServerError(
    'network',
    `The server could not be reached: ${messageOf(error)}${cause}.`,
    undefined,
    error,
  )
}

export function timeoutFailure(milliseconds: number): VectorServerError {
  return new VectorServerError('timeout', `The server did not answer within ${milliseconds / 1000} seconds.`)
}

export function protocolFailure(error: unknown): VectorServerError {
  return new VectorServerError(
    'protocol',
    `The server did not answer as Chroma does: ${messageOf(error)}.`,
    undefined,
    error,
  )
}

function kindOf(status: number, said: string): VectorServerProblem {
  if (status === 422 && /quota/i.test(said)) return 'quota'
  if (status >= 300 && status < 400) return 'protocol'
  return KINDS[status] ?? 'server'
}

/** What a person can read of it, on one line. */
function wordsOf(body: string): string {
  const text = messageIn(body) ?? (/<(?:!doctype|html|head|title)\b/i.test(body) ? titleOf(body) : body)
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '')
  return line.length > QUOTED ? `${line.slice(0, QUOTED)}…` : line
}

function messageIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || !('message' in parsed)) return undefined
    return typeof parsed.message === 'string' ? parsed.message : undefined
  } catch {
    return undefined
  }
}

function titleOf(page: string): string {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(page)?.[1]
  return title === undefined ? 'a web page' : `a web page, “${title.trim()}”`
}
