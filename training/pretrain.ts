/** The first stage: word vectors from all raw text, as the table that the pairs then start from. */
import type { Tokenizer } from '../src/core/model/word-piece.ts'
import type { Random } from '../src/core/training/random.ts'
import { keepChances, strangersByCount } from '../src/core/training/windows.ts'
import type { TextPieces } from '../src/core/training/windows.ts'
import { PRETRAINING, RECIPE } from './recipe.ts'
import { trainWindows } from './window-trainer.ts'

export interface PieceVectors {
  /** [vocabulary×dimension] */
  readonly rows: Float32Array
  /** How often each piece stands in the texts. */
  readonly counts: Float64Array
}

export interface PretrainingOptions {
  readonly threads: number
  readonly epochs: number
  readonly random: Random
  readonly say: (sentence: string) => void
}

/** In random order, so that no round is of one kind. */
export async function pretrain(
  tokenizer: Tokenizer,
  texts: readonly string[],
  { threads, epochs, random, say }: PretrainingOptions,
): Promise<PieceVectors> {
  const pieces = piecesOf(tokenizer, random.shuffle([...texts]))
  const counts = new Float64Array(tokenizer.vocabularySize)
  for (const id of pieces.ids) counts[id] = (counts[id] ?? 0) + 1
  say(`${pieces.ids.length} pieces of raw text`)
  const { cuts, longest } = cutIntoParts(pieces.offsets)
  const task = {
    vocabulary: tokenizer.vocabularySize,
    dimension: RECIPE.dimension,
    threads,
    epochs,
    seed: random.below(2 ** 31),
    rate: PRETRAINING.rate,
    strangersEach: PRETRAINING.strangers,
    texts: pieces,
    choices: {
      keep: keepChances(counts, PRETRAINING.threshold),
      strangerList: strangersByCount(counts, STRANGERS),
      reach: PRETRAINING.reach,
    },
    cuts,
    longest,
  }
  const start = performance.now()
  let meanLoss = 0
  const rows = await trainWindows(task, (round, rounds, loss) => {
    meanLoss = meanLoss === 0 ? loss : 0.95 * meanLoss + 0.05 * loss
    if (round % Math.ceil(rounds / 16) !== 0) return
    const left = Math.round(((performance.now() - start) / 1000 / round) * (rounds - round))
    say(`round ${round}/${rounds}  loss ${meanLoss.toFixed(3)}  ${left} s left`)
  })
  return { rows, counts }
}

/** Entries of the list that strangers are drawn from. */
const STRANGERS = 2 ** 20

/** Pieces that a thread reads between two meetings, at most but for one text. */
const PART = 2 ** 17

const LONGEST_TEXT = 512

/** In memory that threads share. */
function piecesOf(tokenizer: Tokenizer, texts: readonly string[]): TextPieces {
  let total = 0
  const lists = texts.map(text => {
    const ids = Uint16Array.from(tokenizer.encode(text, LONGEST_TEXT))
    total += ids.length
    return ids
  })
  const ids = new Uint16Array(new SharedArrayBuffer(2 * total))
  const offsets = new Int32Array(new SharedArrayBuffer(4 * (lists.length + 1)))
  for (const [i, list] of lists.entries()) {
    const start = offsets[i] ?? 0
    ids.set(list, start)
    offsets[i + 1] = start + list.length
  }
  return { ids, offsets }
}

function cutIntoParts(offsets: Int32Array): { cuts: Int32Array; longest: number } {
  const cuts: number[] = []
  let start = 0
  for (let text = 1; text < offsets.length; text++) {
    const end = offsets[text] ?? 0
    if (end - start < PART && text + 1 < offsets.length) continue
    cuts.push(text)
    start = end
  }
  return { cuts: Int32Array.from(cuts), longest: PART + LONGEST_TEXT }
}
