import { failure } from '../core/errors.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Choice } from '../core/training/choice.ts'
import { learnAndHoldOut, type Lessons } from '../core/training/cross-validate.ts'
import { quickProducts } from '../core/training/quick-products.ts'
import { createRandom } from '../core/training/random.ts'
import { DOCUMENT_PLAN } from '../core/training/train-correction.ts'
import { type Adapted, type AdaptOptions, type AdaptPorts, runLearning, settle } from './adapt.ts'
import { type Cloze, clozesOf } from './cloze.ts'
import type { CancelSignal } from './embed.ts'
import { rowOf } from './probes.ts'

/** With fewer passages there is too little to learn, and to test with. */
export const LEAST_PASSAGES = 300
/** About 20 MB of vectors. */
const MOST_PASSAGES = 10_000

/** Documents loaded, and texts embedded, at a time. */
const DOCUMENTS = 16
const TEXTS = 128

/** Others that a test ranks each passage among. */
const RIVALS = 200

/** Share of the work that is done when training begins. */
const PREPARED = 0.6

/**
 * A new query head from the library's own passages, or the reason why there is none: a sentence asks, and the rest of its
 * passage answers.
 * @throws Cancelled between two batches when the signal says so.
 */
export async function learnFromDocuments(ports: AdaptPorts, options: AdaptOptions): Promise<Adapted> {
  const clozes = await drawClozes(ports, options)
  if (clozes.length < LEAST_PASSAGES) {
    const sentence = `Not enough text yet: ${clozes.length} of at least ${LEAST_PASSAGES} passages with several sentences.`
    return { accepted: false, sentence }
  }
  const material = await lessonsOf(clozes, ports, options)
  const progress = (share: number) => options.progress(PREPARED + (1 - PREPARED) * share)
  const work = learnAndHoldOut(material, DOCUMENT_PLAN, quickProducts)
  const learned = await runLearning(work, ports, { signal: options.signal, progress })
  return settle(learned, material.lessons.length, ports, options.inUse)
}

async function drawClozes({ library, encoder, clock }: AdaptPorts, { signal }: AdaptOptions) {
  const { space } = await encoder.info()
  const documents = (await library.documents()).filter(document => document.space === space)
  const passages = documents.reduce((sum, { passageCount }) => sum + passageCount, 0)
  const random = createRandom(DOCUMENT_PLAN.seed)
  const clozes: Cloze[] = []
  for (let start = 0; start < documents.length; start += DOCUMENTS) {
    const ids = documents.slice(start, start + DOCUMENTS).map(({ id }) => id)
    for (const stored of await library.load(ids)) {
      clozes.push(...clozesOf(stored, MOST_PASSAGES / Math.max(1, passages), random))
    }
    await clock.breathe()
    stopIf(signal)
  }
  return clozes
}

async function lessonsOf(
  clozes: readonly Cloze[],
  { encoder, clock }: AdaptPorts,
  { signal, progress }: AdaptOptions,
): Promise<Lessons> {
  const { dimension } = await encoder.info()
  const lessons: Choice[] = []
  for (let start = 0; start < clozes.length; start += TEXTS) {
    const batch = clozes.slice(start, start + TEXTS)
    const [queries, rests] = await embed(batch, encoder)
    batch.forEach(({ key }, row) => {
      const right = { id: key, vector: rowOf(rests, row, dimension) }
      lessons.push({ query: rowOf(queries, row, dimension), right, wrong: [], group: key })
    })
    progress((PREPARED * lessons.length) / clozes.length)
    await clock.breathe()
    stopIf(signal)
  }
  return { lessons, trials: trialsOf(lessons) }
}

function embed(batch: readonly Cloze[], encoder: Encoder): Promise<[Float32Array, Float32Array]> {
  return Promise.all([
    encoder.encode(
      batch.map(({ sentence }) => sentence),
      'query',
    ),
    encoder.encode(
      batch.map(({ rest }) => rest),
      'document',
    ),
  ])
}

/**
 * Each rest among others drawn at random. Not among its nearest: those were found by the shipped head, and any other would
 * look better on them.
 */
function trialsOf(lessons: readonly Choice[]): Choice[] {
  const random = createRandom(DOCUMENT_PLAN.seed)
  return lessons.map(lesson => ({
    ...lesson,
    wrong: Array.from({ length: RIVALS }, () => lessons[random.below(lessons.length)]?.right ?? lesson.right),
  }))
}

function stopIf({ aborted }: CancelSignal): void {
  if (aborted) throw failure('Cancelled', 'Learning was cancelled.')
}
