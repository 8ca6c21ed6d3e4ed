// Looking at everything: the codes of all rows, their signs, or the rows themselves.

import { dotFine, dotFloats, dotQueryCodes, equalBits } from './dot';
import { keepBest } from './heap';
import {
  codesOf, query, queryCodes, querySigns, restOf, results, scaleAddress, scoreList, signsOf, slotList, wantedFrom, whole,
  width,
} from './layout';
import { similarityOf } from './quantise';

/** Of the 64 slots from `first`, those wanted from `from` to below `end`. */
@inline
function wantedBetween(from: u32, end: u32, first: u32, filtered: bool): u64 {
  let wanted = wantedFrom(first, filtered);
  if (first < from) wanted &= ~(<u64>0) << (from - first);
  if (end - first < 64) wanted &= (<u64>1 << (end - first)) - 1;
  return wanted;
}

/**
 * Collects the `limit` wanted slots from `from` to below `end` whose codes are most similar to the query's in `results`,
 * a heap with the worst of them at its root that holds `found` already; returns how many there are. What is not wanted
 * costs a 64th of a look.
 */
export function scanCodes(from: u32, end: u32, limit: u32, filtered: bool, found: u32): u32 {
  for (let first = from & ~63; first < end; first += 64) {
    for (let left = wantedBetween(from, end, first, filtered); left != 0; left &= left - 1) {
      const slot = first + <u32>ctz(left);
      const similarity = similarityOf(slot, dotQueryCodes(codesOf(slot), queryCodes, width));
      found = keepBest(results, found, limit, similarity, slot);
    }
  }
  return found;
}

/** As `scanCodes` from slot 0, by how many signs are those of the query, which says less and reads an eighth. */
export function scanSigns(end: u32, limit: u32, filtered: bool): u32 {
  let found: u32 = 0;
  for (let first: u32 = 0; first < end; first += 64) {
    for (let left = wantedBetween(0, end, first, filtered); left != 0; left &= left - 1) {
      const slot = first + <u32>ctz(left);
      const equal = equalBits(signsOf(slot), querySigns, width >> 3);
      found = keepBest(results, found, limit, <f32>equal, slot);
    }
  }
  return found;
}

/** Writes the dot products of the query with the rows of the first `count` slots of `slotList` to `scoreList`. */
export function scoreSlots(count: u32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const slot = load<u32>(slotList + (i << 2));
    const score = whole
      ? dotFloats(restOf(slot), query, width)
      : (dotFine(codesOf(slot), restOf(slot), query, width) * load<f32>(scaleAddress(slot))) / 256;
    store<f32>(scoreList + (i << 2), score);
  }
}
