// Binary heaps of entries (f32 score, u32 slot) with the least score at the root. A list of the best has its worst
// there; a queue that wants its best there stores scores negated.

@inline
function at(heap: usize, place: u32): usize {
  return heap + (<usize>place << 3);
}

@inline
export function scoreAt(heap: usize, place: u32): f32 {
  return load<f32>(at(heap, place));
}

@inline
export function slotAt(heap: usize, place: u32): u32 {
  return load<u32>(at(heap, place), 4);
}

@inline
export function put(heap: usize, place: u32, score: f32, slot: u32): void {
  store<f32>(at(heap, place), score);
  store<u32>(at(heap, place), slot, 4);
}

@inline
function move(heap: usize, from: u32, to: u32): void {
  store<u64>(at(heap, to), load<u64>(at(heap, from)));
}

/** Adds an entry to a heap of `size`. */
export function push(heap: usize, size: u32, score: f32, slot: u32): void {
  let place = size;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (scoreAt(heap, parent) <= score) break;
    move(heap, parent, place);
    place = parent;
  }
  put(heap, place, score, slot);
}

/** Puts an entry in the place of the root of a heap of `size`. */
export function replaceRoot(heap: usize, size: u32, score: f32, slot: u32): void {
  let place: u32 = 0;
  for (;;) {
    let child: u32 = 2 * place + 1;
    if (child >= size) break;
    if (child + 1 < size && scoreAt(heap, child + 1) < scoreAt(heap, child)) child++;
    if (scoreAt(heap, child) >= score) break;
    move(heap, child, place);
    place = child;
  }
  put(heap, place, score, slot);
}

/** Takes the root out of a heap of `size`, at least 1; `size - 1` entries are left. */
export function removeRoot(heap: usize, size: u32): void {
  const last = size - 1;
  if (last > 0) replaceRoot(heap, last, scoreAt(heap, last), slotAt(heap, last));
}

/** Adds an entry to a list of the best `limit`, at least 1; returns its new size. */
@inline
export function keepBest(heap: usize, size: u32, limit: u32, score: f32, slot: u32): u32 {
  if (size < limit) {
    push(heap, size, score, slot);
    return size + 1;
  }
  if (score > scoreAt(heap, 0)) replaceRoot(heap, size, score, slot);
  return size;
}

/** Turns a heap into a list, best first. */
export function sortBestFirst(heap: usize, size: u32): void {
  for (let left = size; left > 1; left--) {
    const score = scoreAt(heap, 0);
    const slot = slotAt(heap, 0);
    removeRoot(heap, left);
    put(heap, left - 1, score, slot);
  }
}
