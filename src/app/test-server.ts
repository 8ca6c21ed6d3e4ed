import { messageOf } from '../core/errors.ts'
import type { EncoderInfo } from '../core/ports/encoder.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { Credential, ServerAccess, ServerPlaceName } from '../core/ports/server-connection.ts'
import type { RemoteCollection } from '../core/ports/vector-server.ts'
import type { CollectionChoice, ServerTest } from './server-api.ts'
import { checkCollection } from './sync-collections.ts'
import { testConnection } from './test-connection.ts'

export interface TestServerPorts {
  readonly server: ServerAccess
  readonly clock: Pick<Clock, 'now'>
}

/** What is to be done about the place beside the page, where its user can do nothing. */
const HOSTED =
  'This address is beside the page: whoever hosts the page puts a Chroma server there by starting it with CHROMA_URL.'

/** Tries to speak with a server, and says what fails and the cure, or which collections there are. */
export async function testServer(
  place: ServerPlaceName,
  credential: Credential,
  model: EncoderInfo,
  { server, clock }: TestServerPorts,
): Promise<ServerTest> {
  const { address } = place
  const report = await testConnection({
    address,
    connect: typed => server.connect({ ...place, address: typed }, credential, true),
    probe: server.probe,
    origin: server.origin,
    clock,
  })
  if (report.kind === 'failed') {
    if (server.isRefused(address)) return policyRefusal(server)
    return address === server.nearby ? { ...report, cure: `${report.cure} ${HOSTED}` } : report
  }
  const { collections, milliseconds } = report
  return { kind: 'connected', milliseconds, collections: choicesOf(collections, model) }
}

function policyRefusal({ nearby }: ServerAccess): ServerTest {
  return {
    kind: 'failed',
    sentence: 'The security policy of this page lets it speak to no other address, so nothing was sent.',
    cure: `Whoever hosts the page can put the server beside it, at ${nearby}, or allow its address when starting the page’s own server (CONNECT_TO).`,
  }
}

function choicesOf(collections: readonly RemoteCollection[], model: EncoderInfo): CollectionChoice[] {
  const names = new Set(collections.map(({ name }) => name))
  const isBeside = (name: string) => name.endsWith('.docs') && names.has(name.slice(0, -'.docs'.length))
  return collections
    .filter(({ name }) => !isBeside(name))
    .map(collection => ({ name: collection.name, problem: problemWith(collection, model) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function problemWith(collection: RemoteCollection, model: EncoderInfo): string | undefined {
  try {
    checkCollection(collection, model)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
