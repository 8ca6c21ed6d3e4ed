import { failure } from '../../core/errors.ts'
import type { AbortNotice } from '../../core/ports/vector-server.ts'
import { VectorServerError } from '../../core/vector-server-error.ts'
import {
  failureOf,
  networkFailure,
  protocolFailure,
  redirectFailure,
  timeoutFailure,
} from './chroma-failure.ts'
import { readBody } from './read-body.ts'

/** How calls are made. */
export interface CallSettings {
  /** Milliseconds for one try, its answer included. */
  readonly timeout: number
  /** Tries after the first. */
  readonly retries: number
  readonly fetch: typeof fetch
  /** Resolves after so many milliseconds, or earlier when the signal is aborted. */
  readonly rest: (milliseconds: number, signal: AbortNotice | undefined) => Promise<void>
  /** From 0 to below 1. */
  readonly random: () => number
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body?: string
  readonly signal: AbortNotice | undefined
}

/** Milliseconds before the first repetition; each later one waits twice as long. */
const FIRST_REST = 250
/** Longest rest, whatever a server asks for; milliseconds. */
const LONGEST_REST = 60_000
const PASSING: ReadonlySet<number | undefined> = new Set([408, 429, 502, 503, 504])

/**
 * Makes a call, and again after a while when the failure may pass: nobody knows then what became of it, so it must be one
 * that may be made twice.
 * @returns what the answer's JSON says; `undefined` for an empty one
 * @throws VectorServerError, or Cancelled.
 */
export async function makeCall(call: Call, settings: CallSettings): Promise<unknown> {
  for (let tried = 0; ; tried++) {
    try {
      return await tryOnce(call, settings)
    } catch (error) {
      if (!(error instanceof Setback) || tried >= settings.retries) throw reasonOf(error)
      // Half of it by chance, so that devices that failed together do not come back together.
      const rest = FIRST_REST * 2 ** tried * (0.5 + settings.random())
      await settings.rest(Math.min(LONGEST_REST, Math.max(rest, error.least)), call.signal)
      stopIfAborted(call.signal)
    }
  }
}

/** A failure that may pass. */
class Setback extends Error {
  readonly reason: VectorServerError
  /** Milliseconds that the server wants to be left alone. */
  readonly least: number

  constructor(reason: VectorServerError, least = 0) {
    super(reason.message)
    this.reason = reason
    this.least = least
  }
}

function reasonOf(error: unknown): unknown {
  return error instanceof Setback ? error.reason : error
}

async function tryOnce(call: Call, settings: CallSettings): Promise<unknown> {
  stopIfAborted(call.signal)
  const control = new AbortController()
  const abort = () => control.abort()
  const timer = setTimeout(abort, settings.timeout)
  call.signal?.addEventListener('abort', abort)
  try {
    return await ask(call, settings, control.signal)
  } catch (error) {
    stopIfAborted(call.signal)
    if (control.signal.aborted) throw new Setback(timeoutFailure(settings.timeout))
    if (error instanceof Setback || error instanceof VectorServerError) throw error
    throw new Setback(networkFailure(error))
  } finally {
    clearTimeout(timer)
    call.signal?.removeEventListener('abort', abort)
  }
}

async function ask({ method, url, headers, body }: Call, { fetch }: CallSettings, signal: AbortSignal) {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body }),
    signal,
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  })
  // A browser does not say where to.
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    throw redirectFailure()
  }
  const text = await readBody(response)
  if (response.ok) return parse(text)
  const reason = failureOf(response.status, text)
  throw PASSING.has(response.status) ? new Setback(reason, restAskedBy(response)) : reason
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    const what = /^\s*</.test(text) ? 'a web page' : `“${text.slice(0, 80)}”`
    throw protocolFailure(new Error(`expected JSON, got ${what}`))
  }
}

/** Milliseconds. `Retry-After` has seconds or a date (RFC 9110, 10.2.3). */
function restAskedBy(response: Response): number {
  const asked = response.headers.get('Retry-After') ?? ''
  if (/^\d+$/.test(asked)) return Number(asked) * 1000
  const until = Date.parse(asked)
  return Number.isNaN(until) ? 0 : Math.max(0, until - Date.now())
}

function stopIfAborted(signal: AbortNotice | undefined): void {
  if (signal?.aborted === true) throw failure('Cancelled', 'The request to the server was cancelled.')
}
