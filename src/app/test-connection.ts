import { codeOf, messageOf } from '../core/errors.ts'
import type { AbortNotice, RemoteCollection, ServerProbe, VectorServer } from '../core/ports/vector-server.ts'
import { problemOf } from '../core/vector-server-error.ts'

/** What is tried, in this order. */
export type ConnectionStep = 'address' | 'reach' | 'answer' | 'credential' | 'database' | 'collections'

export type ConnectionReport =
  | {
      readonly kind: 'connected'
      readonly collections: readonly RemoteCollection[]
      readonly milliseconds: number
    }
  | {
      readonly kind: 'failed'
      readonly step: ConnectionStep
      /** What happened, as a sentence. */
      readonly sentence: string
      /** What to do about it, as sentences. */
      readonly cure: string
    }

export interface ConnectionPorts {
  /** Of the server, as its user typed it. */
  readonly address: string
  /** @throws Error with a sentence when it is none. */
  readonly connect: (address: string) => VectorServer
  readonly probe: (address: string) => ServerProbe
  /** Of this page, such as `https://notes.example`. */
  readonly origin: string
  readonly clock: { now(): number }
}

/**
 * Tries step by step to speak with a server, and says at which one it fails, and what to do.
 * @throws Cancelled alone.
 */
export async function testConnection(
  ports: ConnectionPorts,
  signal?: AbortNotice,
): Promise<ConnectionReport> {
  let server: VectorServer
  try {
    server = ports.connect(ports.address)
  } catch (error) {
    return failed('address', messageOf(error), 'Give the address that the server prints when it starts.')
  }
  if (isMixed(ports)) return mixedContent(ports)
  let step: ConnectionStep = 'answer'
  try {
    await server.now(signal)
    const started = ports.clock.now()
    await server.now(signal)
    const milliseconds = ports.clock.now() - started
    step = 'database'
    const place = await server.place(signal)
    if (place !== 'found') return missingPlace(place)
    step = 'collections'
    return { kind: 'connected', collections: await server.collections(signal), milliseconds }
  } catch (error) {
    if (codeOf(error) === 'Cancelled') throw error
    return await explain(error, step, ports)
  }
}

function failed(step: ConnectionStep, sentence: string, cure: string): ConnectionReport {
  return { kind: 'failed', step, sentence, cure }
}

/** Browsers let a page that came over https speak to no http address but this device. */
function isMixed({ address, origin }: ConnectionPorts): boolean {
  return origin.startsWith('https:') && /^\s*http:/i.test(address) && !isLocal(address)
}

function isLocal(address: string): boolean {
  return /^\s*https?:\/\/(localhost|[^/]*\.localhost|127\.[\d.]+|\[::1\])([:/]|\s*$)/i.test(address)
}

function mixedContent({ origin }: ConnectionPorts): ConnectionReport {
  return failed(
    'address',
    'This page came over https, and the browser does not let it speak to a server over http.',
    `Give the server an https address, or put it behind the server of this page, at ${origin}/chroma.`,
  )
}

function missingPlace(place: 'no-tenant' | 'no-database'): ConnectionReport {
  const what = place === 'no-tenant' ? 'tenant' : 'database'
  return failed(
    'database',
    `The server has no ${what} of this name.`,
    `Check the name, or leave it as it was: a new server has default_${what} alone.`,
  )
}

async function explain(
  error: unknown,
  step: ConnectionStep,
  ports: ConnectionPorts,
): Promise<ConnectionReport> {
  const sentence = messageOf(error)
  const problem = problemOf(error)
  if (problem === 'network') return await explainSilence(sentence, ports)
  if (problem === 'timeout') {
    return failed('reach', sentence, 'The server is very busy or hangs. Restart it, and try again.')
  }
  if (problem === 'auth') {
    return failed(
      'credential',
      sentence,
      'Check the kind of credential, and the token or the name and password.',
    )
  }
  if (problem === 'not-found' || problem === 'unsupported' || problem === 'protocol') {
    return failed(
      step,
      sentence,
      'Check the address and its path. Belfry needs Chroma 1.0 or newer; an older one has no API v2.',
    )
  }
  return failed(step, sentence, 'See what the server writes to its log.')
}

/** A browser tells a page the same whether a server is down or may not be read; what else can be seen tells more. */
async function explainSilence(
  sentence: string,
  { address, origin, probe }: ConnectionPorts,
): Promise<ConnectionReport> {
  const { answers, localNetwork } = probe(address)
  if ((await localNetwork()) === 'denied' && !origin.startsWith('http://localhost')) {
    return failed(
      'reach',
      'The browser does not let this page reach the local network.',
      'Allow it in the settings of this site, which are beside the address bar, and try again.',
    )
  }
  const start = `Start the server, and check that ${address.trim()} is its address and port.`
  const allow = `Start it with a configuration file that has cors_allow_origins: ["${origin}"], or, where it has a configuration file already, with CHROMA_CORS_ALLOW_ORIGINS='["${origin}"]' in its environment.`
  const up = await answers()
  if (up === true)
    return failed('reach', 'The server answers, and does not let this page read its answers.', allow)
  return failed(
    'reach',
    sentence,
    up === false ? start : `${start} If it runs, it does not let this page in: ${lower(allow)}`,
  )
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
