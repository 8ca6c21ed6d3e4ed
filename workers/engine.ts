/** Where the use cases run: one call per command, one stream of events back. */
import { expose } from 'comlink'
import { createBatchedEvents } from '../src/adapters/batched-events.ts'
import { createBroadcastLibraryChanges } from '../src/adapters/broadcast-library-changes.ts'
import { createChromaClient } from '../src/adapters/chroma/chroma-client.ts'
import { createChromaProbe } from '../src/adapters/chroma/chroma-probe.ts'
import { createFetchModelSource } from '../src/adapters/fetch-model-source.ts'
import { createFetchSampleSource } from '../src/adapters/fetch-sample-source.ts'
import { openFileSink } from '../src/adapters/file-sink.ts'
import { createHandleFolderReader } from '../src/adapters/handle-folder-reader.ts'
import { openIdbChoices } from '../src/adapters/idb-choices.ts'
import { openIdbFolderStore } from '../src/adapters/idb-folder-store.ts'
import { openIdbHeadStore } from '../src/adapters/idb-head-store.ts'
import { openIdbInteractionLog } from '../src/adapters/idb-interaction-log.ts'
import { openIdbLibrary } from '../src/adapters/idb-library.ts'
import { openIdbModelStore } from '../src/adapters/idb-model-store.ts'
import { openIdbServerConnections } from '../src/adapters/idb-server-connections.ts'
import { openIdbSettings } from '../src/adapters/idb-settings.ts'
import { openIdbSnapshots } from '../src/adapters/idb-snapshots.ts'
import { openIdbSyncJournal } from '../src/adapters/idb-sync-journal.ts'
import { createSha256 } from '../src/adapters/noble-sha256.ts'
import { createPlannedVectorIndex } from '../src/adapters/planned-vector-index.ts'
import { watchPolicyRefusals } from '../src/adapters/policy-refusals.ts'
import { readSetFile } from '../src/adapters/read-set-file.ts'
import { createSystemClock } from '../src/adapters/system-clock.ts'
import { openIdbWaitingFiles } from '../src/adapters/idb-waiting-files.ts'
import { createUpgradeNews } from '../src/adapters/upgrade-news.ts'
import { createWebCryptography } from '../src/adapters/web-cryptography.ts'
import { createWebLockTabs } from '../src/adapters/web-lock-tabs.ts'
import { createWorkerEncoder } from '../src/adapters/worker-encoder.ts'
import { createWorkerExtractor } from '../src/adapters/worker-extractor.ts'
import { openWorkerVectorIndex } from '../src/adapters/worker-vector-index.ts'
import type { EngineWorker } from '../src/app/engine-api.ts'
import { createEngine } from '../src/app/engine.ts'
import { loadModel } from '../src/app/load-model.ts'
import { createBm25Index } from '../src/core/lexical/bm25-index.ts'
import { LIBRARY_FILE_TYPE } from '../src/core/library-file/file-name.ts'
import type { Backend, Encoder } from '../src/core/ports/encoder.ts'
import type { SourceFile } from '../src/core/ports/files.ts'

const root = new URL(import.meta.env.BASE_URL, self.location.origin).href
const modelSource = createFetchModelSource(`${root}models/belfry-two-tower/`)
const modelStore = openIdbModelStore()
const events = createBatchedEvents()
const refusals = watchPolicyRefusals(self)
let backend: Backend | undefined

async function startEncoder(emit: typeof events.emit): Promise<Encoder> {
  const model = await loadModel({ source: modelSource, store: modelStore, sha256: createSha256 }, emit)
  return createWorkerEncoder({ model, backend })
}

const engine: Omit<EngineWorker, 'addLater'> = {
  ...createEngine(
    {
      library: openIdbLibrary('belfry', createUpgradeNews(events.emit)),
      words: createBm25Index(),
      extractor: createWorkerExtractor(),
      samples: createFetchSampleSource(`${root}samples/`),
      changes: createBroadcastLibraryChanges(),
      tabs: createWebLockTabs(),
      waiting: openIdbWaitingFiles(),
      choices: openIdbChoices(),
      clock: createSystemClock(),
      log: openIdbInteractionLog(),
      heads: openIdbHeadStore(),
      models: modelStore,
      snapshots: openIdbSnapshots(),
      settings: openIdbSettings(),
      folders: openIdbFolderStore(),
      folderReader: createHandleFolderReader(),
      connections: openIdbServerConnections(),
      syncJournal: openIdbSyncJournal(),
      server: {
        origin: self.location.origin,
        nearby: `${root}chroma`,
        connect: ({ address, ...place }, credential, once = false) =>
          createChromaClient({ ...place, server: address, credential }, once ? { retries: 0 } : {}),
        probe: createChromaProbe,
        isRefused: refusals.has,
      },
      createSha256,
      cryptography: createWebCryptography(),
      openFileSink: place => openFileSink(place, LIBRARY_FILE_TYPE),
      startEncoder,
      createVectorIndex: async (dimension, kind) =>
        kind === 'hnswlib'
          ? openWorkerVectorIndex(dimension)
          : createPlannedVectorIndex({ dimension, now: () => performance.now() }),
      readSetFile: file => readSetFile(file),
    },
    events.emit,
  ),
  async configure(options) {
    backend = options.backend
  },
  async subscribe(listener) {
    events.deliverTo(listener)
  },
}

/** What the next call of `add` begins with. */
let announced: SourceFile[] = []

const worker: EngineWorker = {
  ...engine,
  async addLater(files) {
    announced.push(...files)
  },
  add(files) {
    const all = [...announced, ...files]
    announced = []
    return engine.add(all)
  },
}

expose(worker)
