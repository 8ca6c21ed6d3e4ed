// Looking at everything: the codes of all rows, or the rows themselves.

import { dotFloats, dotQueryCodes } from './dot';
import { keepBest } from './heap';
import { codesOf, isDead, query, queryCodes, results, rowOf, scoreList, slotList, width } from './layout';
import { similarityOf } from './quantise';

/**
 * Collects the `limit` living slots below `slots` whose codes are most similar to the query's in `results`, a heap
 * with the worst of them at its root; returns how many there are.
 */
export function scanCodes(slots: u32, limit: u32): u32 {
  let found: u32 = 0;
  for (let slot: u32 = 0; slot < slots; slot++) {
    const similarity = similarityOf(slot, dotQueryCodes(codesOf(slot), queryCodes, width));
    if (!isDead(slot)) found = keepBest(results, found, limit, similarity, slot);
  }
  return found;
}

/** Writes the exact dot products of the query with the rows of the first `count` slots of `slotList` to `scoreList`. */
export function scoreSlots(count: u32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const slot = load<u32>(slotList + (i << 2));
    store<f32>(scoreList + (i << 2), dotFloats(rowOf(slot), query, width));
  }
}
