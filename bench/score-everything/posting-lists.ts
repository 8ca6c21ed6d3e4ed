/**
 * Posting lists in one growing typed array. A posting is one word: the document's slot in the upper 24 bits, how often
 * the term occurs in it (at most 255) in the lower 8. A list is a chain of blocks, each twice as long as the one
 * before, with the place of the next block in its first word: rare terms cost little and long lists read straight on.
 */
export interface PostingLists {
  /** Counts occurrences (1 unless said) of `term` in `slot`; slots come in ascending order, below MOST_SLOTS. */
  count(term: string, slot: number, occurrences?: number): void
  /** The number of a term, or -1 for one that no document has. */
  find(term: string): number
  /** How many postings a term has. */
  length(termNumber: number): number
  /** Calls `visit` for every posting of a term, in the order of slots. */
  visit(termNumber: number, visit: (slot: number, frequency: number) => void): void
  /** The same lists with slots renumbered: slot `s` becomes `slots[s]`, or is left out where that is -1. */
  renumbered(slots: Int32Array): PostingLists
}

export const MOST_SLOTS = 1 << 24
/** A term that occurs more often counts as often as this: its BM25 weight is within 1 % of its limit by then. */
export const MOST_OCCURRENCES = 255

const FIRST_CAPACITY = 2
const LARGEST_CAPACITY = 1024
/** Words of one term's row in `rows`: first block, last block, next free word, end of the last block, postings. */
const FIRST = 0
const LAST = 1
const NEXT = 2
const END = 3
const LENGTH = 4
const ROW = 5

export function createPostingLists(): PostingLists {
  const numbers = new Map<string, number>()
  let rows = new Uint32Array(1024 * ROW)
  let pool = new Uint32Array(4096)
  /** Block 0 is never used, so that 0 can mean "no next block". */
  let poolEnd = 1

  const lists: PostingLists = {
    count(term, slot, occurrences = 1) {
      const row = (numbers.get(term) ?? addTerm(term)) * ROW
      const last = (rows[row + NEXT] as number) - 1
      const posting = pool[last] as number
      const isSameSlot = (rows[row + LENGTH] as number) > 0 && posting >>> 8 === slot
      if (!isSameSlot) append(row, slot * 256 + Math.min(occurrences, MOST_OCCURRENCES))
      else if ((posting & 255) + occurrences <= MOST_OCCURRENCES) pool[last] = posting + occurrences
    },

    find: term => numbers.get(term) ?? -1,

    length: termNumber => rows[termNumber * ROW + LENGTH] ?? 0,

    visit(termNumber, visit) {
      let left = rows[termNumber * ROW + LENGTH] as number
      let block = rows[termNumber * ROW + FIRST] as number
      for (let capacity = FIRST_CAPACITY; left > 0; capacity = following(capacity)) {
        const end = block + 1 + Math.min(capacity, left)
        for (let at = block + 1; at < end; at++) {
          const posting = pool[at] as number
          visit(posting >>> 8, posting & 255)
        }
        left -= capacity
        block = pool[block] as number
      }
    },

    renumbered(slots) {
      const others = createPostingLists()
      for (const [term, termNumber] of numbers) {
        lists.visit(termNumber, (slot, frequency) => {
          const other = slots[slot] as number
          if (other >= 0) others.count(term, other, frequency)
        })
      }
      return others
    },
  }
  return lists

  function addTerm(term: string): number {
    const termNumber = numbers.size
    if ((termNumber + 1) * ROW > rows.length) rows = grown(rows, rows.length * 2)
    const row = termNumber * ROW
    const block = takeBlock(FIRST_CAPACITY)
    rows[row + FIRST] = block
    openBlock(row, block, FIRST_CAPACITY)
    numbers.set(detached(term), termNumber)
    return termNumber
  }

  function append(row: number, posting: number): void {
    if (rows[row + NEXT] === rows[row + END]) addBlock(row)
    const at = rows[row + NEXT] as number
    pool[at] = posting
    rows[row + NEXT] = at + 1
    rows[row + LENGTH] = (rows[row + LENGTH] as number) + 1
  }

  function addBlock(row: number): void {
    const last = rows[row + LAST] as number
    const capacity = following((rows[row + END] as number) - last - 1)
    const block = takeBlock(capacity)
    pool[last] = block
    openBlock(row, block, capacity)
  }

  function openBlock(row: number, block: number, capacity: number): void {
    rows[row + LAST] = block
    rows[row + NEXT] = block + 1
    rows[row + END] = block + 1 + capacity
  }

  function takeBlock(capacity: number): number {
    const block = poolEnd
    poolEnd += capacity + 1
    if (poolEnd > pool.length) pool = grown(pool, Math.max(poolEnd, Math.ceil(pool.length * 1.5)))
    return block
  }
}

function following(capacity: number): number {
  return Math.min(capacity * 2, LARGEST_CAPACITY)
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(array)
  return larger
}

/** V8 keeps the whole text alive for the sake of a long slice of it; a slice of a copy keeps only the copy. */
function detached(term: string): string {
  return ` ${term}`.slice(1)
}
