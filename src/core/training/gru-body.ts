/** The last state of gated recurrent units that read the weighted piece vectors in their order; both towers share them. */
import type { Tower } from '../ports/encoder.ts'
import { updateSum } from './adam-rows.ts'
import type { Arena } from './arena.ts'
import type { Body } from './body.ts'
import { pullGruBack } from './gru-backward.ts'
import { runGru } from './gru-forward.ts'
import { startGru } from './gru-start.ts'
import { gruLength, gruWeights, layOutGru } from './gru.ts'
import type { GruShape, GruWeights, GruWork } from './gru.ts'
import type { Range, Touched } from './kernels.ts'
import { layOutSequences, packSequences, placesOf, sequenceRoom } from './packed-sequences.ts'
import type { PackedSequences } from './packed-sequences.ts'
import { shareOf } from './thread.ts'
import type { Thread } from './thread.ts'
import { parameter, SIDES, touchedBy } from './tower-state.ts'
import type { TrainingState } from './tower-state.ts'
import { mostTexts, tableWidth } from './training-shape.ts'
import { updatePieces } from './update-pieces.ts'

/** What a thread keeps of one side's texts. */
interface Workplace {
  /** Texts that there is room for. */
  readonly texts: number
  readonly packed: PackedSequences
  readonly work: GruWork
  readonly gradientPart: Float32Array
  readonly gradient: GruWeights
}

export function createGruBody(arena: Arena, state: TrainingState): Body {
  const { table, towers } = state
  const shape: GruShape = { inputs: tableWidth(state.shape), hidden: state.shape.dimension }
  const layer = parameter(arena, gruLength(shape))
  const weights = gruWeights(layer.values, shape)
  const places = Array.from({ length: state.shape.threads }, () => ({
    query: layOutPlace(arena, state, shape, 'query'),
    document: layOutPlace(arena, state, shape, 'document'),
  }))
  const parts = places.flatMap(({ query, document }) => [query.gradientPart, document.gradientPart])
  return {
    parameters: [layer],
    ordered: true,
    initialise: random => startGru(weights, shape, state.shape.maxTokens.document, random),
    forward({ kernels, share }, side, range) {
      const place = placeOf(share.index, side)
      // A share of a batch fits at once; whoever only wants to embed may come with more.
      for (let first = range.first; first < range.last; first += place.texts) {
        read(kernels, side, place, { first, last: Math.min(range.last, first + place.texts) })
      }
    },
    backward({ kernels, share }, side) {
      const { work, packed, gradient } = placeOf(share.index, side)
      pullGruBack(kernels, weights, work, packed, towers[side].pooledGradient, gradient)
    },
    spread(thread, _, step) {
      const touched = touchedBy(state, thread.share, step)
      for (const each of places) {
        for (const side of SIDES) spreadPlace(thread, side, each[side], touched)
      }
      return touched
    },
    update({ kernels, share }, touched, rates) {
      updatePieces({ kernels, share }, state, touched, rates)
      updateSum(kernels, layer, parts, shareOf(layer.values.length, share), rates.dense)
    },
  }

  function placeOf(thread: number, side: Tower): Workplace {
    const place = places[thread]
    if (place === undefined) throw new Error(`expected a thread below ${places.length}, got ${thread}`)
    return place[side]
  }

  function read(kernels: Thread['kernels'], side: Tower, { packed, work }: Workplace, range: Range): void {
    const tower = towers[side]
    packSequences(tower, range, packed)
    const bags = placesOf(packed)
    kernels.sumBags(table.values, tower.weights, bags, work.inputs, { first: 0, last: bags.count })
    runGru(kernels, weights, work, packed, tower.pooled)
  }

  /** From the gradients of the inputs to those of this thread's rows of the table. */
  function spreadPlace(
    { kernels, share }: Thread,
    side: Tower,
    { packed, work }: Workplace,
    touched: Touched,
  ): void {
    const { weights: ofPieces, logWeights } = towers[side]
    const gradients = { table: table.gradient, weights: logWeights.gradient, touched }
    kernels.spreadGradients(table.values, ofPieces, placesOf(packed), work.inputs, gradients, share)
  }
}

function layOutPlace(arena: Arena, { shape }: TrainingState, gru: GruShape, side: Tower): Workplace {
  // Shares are cut at multiples of four.
  const room = sequenceRoom(Math.ceil(mostTexts(shape, side) / shape.threads) + 4, shape.maxTokens[side])
  const gradientPart = arena.float32(gruLength(gru))
  return {
    texts: room.texts,
    packed: layOutSequences(arena, room),
    work: layOutGru(arena, gru, room),
    gradientPart,
    gradient: gruWeights(gradientPart, gru),
  }
}
