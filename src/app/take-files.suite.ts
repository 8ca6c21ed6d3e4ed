import type { BelfryEvent, FileState } from '../core/events.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { ingest, type IngestPorts } from './ingest.ts'

/** Takes files in; gives the last state of each, and all events. */
export async function takeFiles(
  ports: IngestPorts,
  files: readonly SourceFile[],
  signal = { aborted: false },
) {
  const events: BelfryEvent[] = []
  const states = new Map<number, FileState>()
  const queue = files.map((file, ticket) => ({ ticket, file }))
  await ingest(
    queue,
    ports,
    event => {
      events.push(event)
      if (event.type === 'file-changed') states.set(event.ticket, event.state)
    },
    signal,
  )
  return { events, states: [...states.values()] }
}
