import { createRoot } from 'react-dom/client'
import { listenForArrivals } from './adapters/page-arrivals.ts'
import { watchDurableStorage } from './adapters/page-durable-storage.ts'
import { startEngineWorker } from './adapters/page-engine.ts'
import { listenForInstallOffer } from './adapters/page-install.ts'
import { registerServiceWorker } from './adapters/page-service-worker.ts'
import { createAppStore } from './state/create-store.ts'
import { App } from './ui/app.tsx'

/** Debug flags; the README lists them. */
const flags = new URLSearchParams(location.search)
const backend = flags.get('backend')

const store = createAppStore({
  now: Date.now,
  later: (task, milliseconds) => void setTimeout(task, milliseconds),
})
const engine = startEngineWorker(backend === 'webgpu' || backend === 'wasm' ? { backend } : {})
const install = listenForInstallOffer()
const idle = () => !store.getState().queue.running
const updates = registerServiceWorker(`${import.meta.env.BASE_URL}service-worker.js`, idle)

const durable = watchDurableStorage()

const platform = {
  updateReady: { get: updates.ready, subscribe: updates.subscribe },
  reload: updates.takeOver,
  arrivals: listenForArrivals,
  install: { available: { get: install.available, subscribe: install.subscribe }, prompt: install.prompt },
  ...(durable && {
    durable: { state: { get: durable.state, subscribe: durable.subscribe }, ask: durable.ask },
  }),
}

const root = document.getElementById('root')
if (root === null) throw new Error('expected an element with the id "root" in index.html, found none')
createRoot(root).render(<App store={store} engine={engine} platform={platform} />)

await engine.subscribe(store.receive)
await engine.start()
