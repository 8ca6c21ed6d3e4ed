import { benchData } from '../browser/bench-data.ts'
import type { BenchServer } from '../browser/bench-server.ts'
import { buildAndServe } from '../browser/built-server.ts'
import type { Corpus } from '../corpus/corpus.ts'

/** Serves the page of this benchmark, and the passages and vectors that it asks for. */
export function startBuiltServer(corpus: Corpus): Promise<BenchServer> {
  return buildAndServe('bench/engine/engine.html', 'run/bench/engine', [
    {
      name: 'bench-data',
      configurePreviewServer: ({ middlewares }) => void middlewares.use(benchData(corpus)),
    },
  ])
}
