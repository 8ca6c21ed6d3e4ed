import { proxy, type Remote, wrap } from 'comlink'
import type { Engine, EngineWorker } from '../app/engine-api.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { Backend } from '../core/ports/encoder.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { rememberedIndex, rememberIndex } from './page-index-choice.ts'

/** The engine in its worker. When the worker dies, that is told as a failure of the library. */
export function startEngineWorker(options: { readonly backend?: Backend }): Engine {
  const worker = new Worker(new URL('../../workers/engine.ts', import.meta.url), {
    type: 'module',
    name: 'belfry-engine',
  })
  const remote = wrap<EngineWorker>(worker)
  return {
    async subscribe(listener) {
      worker.addEventListener('error', event => listener([workerDied(event)]))
      await remote.subscribe(proxy(listener))
    },
    async start() {
      await remote.configure(options)
      const tell = () => void remote.inBackground(document.hidden)
      document.addEventListener('visibilitychange', tell)
      tell()
      await remote.start()
      const kind = rememberedIndex()
      if (kind !== 'own') await remote.chooseIndex(kind)
    },
    add: files => addInParts(remote, files),
    cancelAdding: () => remote.cancelAdding(),
    pauseAdding: () => remote.pauseAdding(),
    resumeAdding: () => remote.resumeAdding(),
    retry: ticket => remote.retry(ticket),
    retryFailed: () => remote.retryFailed(),
    inBackground: is => remote.inBackground(is),
    search: query => remote.search(query),
    open: id => remote.open(id),
    remove: id => remote.remove(id),
    undoRemove: () => remote.undoRemove(),
    clear: () => remote.clear(),
    addSamples: () => remote.addSamples(),
    retryModel: () => remote.retryModel(),
    measureUsage: () => remote.measureUsage(),
    forgetLeftBehind: () => remote.forgetLeftBehind(),
    rememberFolder: handle => remote.rememberFolder(handle),
    lookAtFolder: id => remote.lookAtFolder(id),
    cancelLook: id => remote.cancelLook(id),
    forgetFolder: (id, withDocuments) => remote.forgetFolder(id, withDocuments),
    forgetGone: id => remote.forgetGone(id),
    measureFolders: () => remote.measureFolders(),
    lookAtTable: (id, picked) => remote.lookAtTable(id, picked),
    chooseColumns: (id, uses, picked) => remote.chooseColumns(id, uses, picked),
    opened: opening => remote.opened(opening),
    measureLearning: () => remote.measureLearning(),
    noteOpenings: on => remote.noteOpenings(on),
    clearLog: () => remote.clearLog(),
    exportLog: () => remote.exportLog(),
    learn: source => remote.learn(source),
    cancelLearning: () => remote.cancelLearning(),
    chooseVersion: number => remote.chooseVersion(number),
    exportLibrary: (options, place) => remote.exportLibrary(options, place),
    glanceAtLibraryFile: file => remote.glanceAtLibraryFile(file),
    importLibrary: (file, passphrase) => remote.importLibrary(file, passphrase),
    cancelTransfer: () => remote.cancelTransfer(),
    measureStorage: () => remote.measureStorage(),
    measureServer: () => remote.measureServer(),
    testServer: (place, credential) => remote.testServer(place, credential),
    connectServer: (place, credential, collection, passphrase) =>
      remote.connectServer(place, credential, collection, passphrase),
    unlockServer: secret => remote.unlockServer(secret),
    disconnectServer: () => remote.disconnectServer(),
    scheduleSync: every => remote.scheduleSync(every),
    compareWithServer: full => remote.compareWithServer(full),
    synchronise: (direction, full) => remote.synchronise(direction, full),
    pauseSync: () => remote.pauseSync(),
    resumeSync: () => remote.resumeSync(),
    cancelSync: () => remote.cancelSync(),
    takeCopyBack: (id, revision) => remote.takeCopyBack(id, revision),
    readCopy: (id, revision) => remote.readCopy(id, revision),
    dropCopy: (id, revision) => remote.dropCopy(id, revision),
    measureIndex: () => remote.measureIndex(),
    stopIndexing: () => remote.stopIndexing(),
    resumeIndexing: () => remote.resumeIndexing(),
    chooseIndex(kind) {
      rememberIndex(kind)
      return remote.chooseIndex(kind)
    },
    measurePassages: () => remote.measurePassages(),
    choosePassages: settings => remote.choosePassages(settings),
    cutAllAgain: () => remote.cutAllAgain(),
    cancelCutting: () => remote.cancelCutting(),
    evaluate: files => remote.evaluate(files),
    cancelEvaluation: () => remote.cancelEvaluation(),
  }
}

/** Files that cross at once; ten thousand take the page a tenth of a second. */
const PART = 500

async function addInParts(
  remote: Pick<Remote<EngineWorker>, 'add' | 'addLater'>,
  files: readonly SourceFile[],
): Promise<void> {
  let start = 0
  for (; start + PART < files.length; start += PART) await remote.addLater(files.slice(start, start + PART))
  await remote.add(files.slice(start))
}

function workerDied(event: ErrorEvent): BelfryEvent {
  const reason = event.message || 'its worker stopped without a reason'
  return {
    type: 'library-failed',
    code: 'Unknown',
    message: `Belfry's engine stopped: ${reason}. Load the page again.`,
  }
}
