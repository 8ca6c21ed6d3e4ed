/** Puts texts into a tower's batch. */
import type { Random } from './random.ts'
import type { TokenStore } from './token-store.ts'
import type { TowerState } from './tower-state.ts'

/** How a text is handed to the body. */
export interface TextOptions {
  /** Piece by piece, each with factor 1; otherwise each piece once, with a factor for how often it stands in its text. */
  readonly ordered: boolean
  /** Factor of a piece that stands so often in the text. */
  readonly factorOf: (count: number) => number
  /** Share of the pieces that are left out at random, so that a text does not hang on one of them. */
  readonly dropout: number
  readonly random: Random
}

/** Finishes the row whose pieces stand in place; returns where it ends now. */
export function writeText(tower: TowerState, row: number, length: number, options: TextOptions): number {
  const start = tower.offsets[row] ?? 0
  return options.ordered
    ? keepOrder(tower, start, length, options)
    : joinRepeats(tower, start, length, options)
}

function keepOrder(
  { ids, factors }: TowerState,
  start: number,
  length: number,
  { dropout, random }: TextOptions,
): number {
  let end = start
  for (let t = start; t < start + length; t++) {
    if (dropout > 0 && end > start && random.next() < dropout) continue
    ids[end] = ids[t] ?? 0
    factors[end++] = 1
  }
  return end
}

function joinRepeats(
  tower: TowerState,
  start: number,
  length: number,
  { factorOf, dropout, random }: TextOptions,
): number {
  const counts = new Map<number, number>()
  for (let t = start; t < start + length; t++) {
    const id = tower.ids[t] ?? 0
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  let end = start
  for (const [id, count] of counts) {
    if (dropout > 0 && end > start && random.next() < dropout) continue
    tower.ids[end] = id
    tower.factors[end++] = factorOf(count)
  }
  return end
}

/** Puts a list of the store into the row behind the last one that stands there; returns how many pieces the row has. */
export function placeList(
  tower: TowerState,
  row: number,
  { store, list, limit }: { readonly store: TokenStore; readonly list: number; readonly limit: number },
  options: TextOptions,
): number {
  const start = tower.offsets[row] ?? 0
  const end = writeText(tower, row, store.copy(list, tower.ids, start, limit), options)
  tower.offsets[row + 1] = end
  return end - start
}
