import type {
  AbortNotice,
  NewCollection,
  RemoteCollection,
  VectorServer,
} from '../../core/ports/vector-server.ts'
import { problemOf } from '../../core/vector-server-error.ts'
import { type ChromaAddress, credentialHeaders, parseServerAddress } from './chroma-address.ts'
import {
  type CollectionAnswer,
  parseCollection,
  parseCollections,
  parseHeartbeat,
  parsePreflight,
} from './chroma-answers.ts'
import { type Call, type CallSettings, makeCall } from './chroma-call.ts'
import { type CollectionCalls, createChromaCollection } from './chroma-collection.ts'
import { protocolFailure } from './chroma-failure.ts'

export interface ChromaSettings extends CallSettings {
  /** Most records that are written, or read, at a time. */
  readonly batchRecords: number
  readonly batchBytes: number
  readonly pageSize: number
}

/** 250 are written fastest, and Chroma Cloud takes 300 at most. */
const DEFAULTS: ChromaSettings = {
  timeout: 30_000,
  retries: 3,
  fetch: (input, init) => fetch(input, init),
  rest: restUnlessAborted,
  random: Math.random,
  batchRecords: 250,
  batchBytes: 8e6,
  pageSize: 250,
}

/**
 * A Chroma server, version 1.0 or newer, its distributed form, or Chroma Cloud, by its API v2 and no more of it than all
 * three have.
 * @throws Error with a sentence when the address is none.
 */
export function createChromaClient(
  address: ChromaAddress,
  settings: Partial<ChromaSettings> = {},
): VectorServer {
  const all = { ...DEFAULTS, ...settings }
  const root = `${parseServerAddress(address.server)}/api/v2`
  const database = `/tenants/${encodeURIComponent(address.tenant)}/databases/${encodeURIComponent(address.database)}`
  const headers = credentialHeaders(address.credential)
  let limits: Awaited<ReturnType<CollectionCalls['preflight']>> | undefined

  async function call<T>(
    what: Pick<Call, 'method' | 'body' | 'signal'> & { readonly path: string },
    parse: (answer: unknown) => T,
  ): Promise<T> {
    const { path, ...rest } = what
    const answer = await makeCall({ ...rest, url: root + path, headers }, all)
    try {
      return parse(answer)
    } catch (error) {
      throw protocolFailure(error)
    }
  }

  const get = <T>(path: string, parse: (answer: unknown) => T, signal?: AbortNotice) =>
    call({ method: 'GET', path, signal }, parse)
  const post = <T>(path: string, body: string, parse: (answer: unknown) => T, signal?: AbortNotice) =>
    call({ method: 'POST', path, body, signal }, parse)

  async function askLimits(signal: AbortNotice | undefined) {
    const { records, base64 } = await get('/pre-flight-checks', parsePreflight, signal)
    return { records: Math.min(records, all.batchRecords), bytes: all.batchBytes, base64 }
  }

  const calls: CollectionCalls = {
    pageSize: all.pageSize,
    async preflight(signal) {
      limits ??= await askLimits(signal)
      return limits
    },
    post: (path, body, parse, signal) => post(database + path, body, parse, signal),
    get: (path, parse, signal) => get(database + path, parse, signal),
  }
  const collectionOf = (answer: CollectionAnswer) => createChromaCollection(answer, calls)

  return {
    pageSize: all.pageSize,
    async place(signal) {
      const tenant = `/tenants/${encodeURIComponent(address.tenant)}`
      if (!(await unlessMissing(get(tenant, isThere, signal)))) return 'no-tenant'
      return (await unlessMissing(get(database, isThere, signal))) ? 'found' : 'no-database'
    },
    now: signal => get('/heartbeat', parseHeartbeat, signal),
    async collections(signal) {
      const answers = await get(`${database}/collections?limit=1000&offset=0`, parseCollections, signal)
      return answers.map(collectionOf)
    },
    async collection(name, signal) {
      const path = `${database}/collections/${encodeURIComponent(name)}`
      const answer = await unlessMissing(get(path, parseCollection, signal))
      return answer && collectionOf(answer)
    },
    async openCollection(wanted, signal): Promise<RemoteCollection> {
      const body = JSON.stringify(creationOf(wanted))
      return collectionOf(await post(`${database}/collections`, body, parseCollection, signal))
    },
    async dropCollection(name, signal) {
      const path = `${database}/collections/${encodeURIComponent(name)}`
      await unlessMissing(call({ method: 'DELETE', path, signal }, () => undefined))
    },
  }
}

/** The space alone: a distributed server has another index, and takes that of it. */
function creationOf({ name, space, metadata }: NewCollection): Record<string, unknown> {
  const some = Object.keys(metadata).length > 0
  return { name, get_or_create: true, configuration: { hnsw: { space } }, ...(some ? { metadata } : {}) }
}

/** Any answer says so. */
function isThere(): boolean {
  return true
}

/** `undefined` when what is asked for is not there, or, of a removal, not there any more. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (problemOf(error) === 'not-found') return undefined
    throw error
  }
}

function restUnlessAborted(milliseconds: number, signal: AbortNotice | undefined): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end)
    if (signal?.aborted === true) end()
  })
}
