// A flat HNSW graph (Malkov and Yashunin, 2018) over the codes: layers of ever fewer slots, each slot linked to near
// and diverse neighbours. A walk goes down greedily from the top and widens in layer 0. Dead slots stay as waypoints.

import { dotCodes, dotQueryCodes } from './dot';
import { keepBest, push, put, removeRoot, scoreAt, slotAt, sortBestFirst } from './heap';
import {
  codesOf, frontier, FRONTIER_ENTRIES, isWanted, levelOf, linksOf, neighbours, NEIGHBOURS, NEIGHBOURS_BELOW, query, queryCodes,
  results, scaleAddress, shortList, stampSlot, takeLists, visitedAddress, width,
} from './layout';
import { quantiseQuery, readRow, similarityOf } from './quantise';

const CONSTRUCTION_BREADTH: u32 = 128;
const HIGHEST_LAYER: u32 = 12;
/** Share of a slot's similarity to itself from which another is its twin. */
const LEAST_TWIN: f32 = 0.9995;

let entry: u32 = 0;
let topLayer: i32 = -1;
let walk: u32 = 0;
/** Slots compared with the query by the last search. */
let compared: u32 = 0;
/** The same seed in every instance: the same vectors in the same order make the same graph. */
let random: u64 = 88172645463325252;
/** Number of the last insertion. */
let stamp: u32 = 0;

@inline
function similarityToQuery(slot: u32): f32 {
  return similarityOf(slot, dotQueryCodes(codesOf(slot), queryCodes, width));
}

@inline
function similarityBetween(a: u32, b: u32): f32 {
  const product = dotCodes(codesOf(a), codesOf(b), width);
  return <f32>product * load<f32>(scaleAddress(a)) * load<f32>(scaleAddress(b));
}

@inline
function neighbour(links: usize, i: u32): u32 {
  return load<u32>(links + (<usize>i << 2), 4);
}

@inline
function setNeighbour(links: usize, i: u32, slot: u32): void {
  store<u32>(links + (<usize>i << 2), slot, 4);
}

/** Links a slot, whose row and codes are there, into the graph. Slots are never inserted twice. */
export function insertSlot(slot: u32): void {
  readRow(slot, query);
  quantiseQuery();
  stamp++;
  stampSlot(slot, stamp);
  const level = <i32>takeLists(slot, randomLevel());
  if (topLayer >= 0) {
    let nearest = descend(level);
    for (let layer = min(level, topLayer); layer >= 0; layer--) {
      const found = walkLayer(nearest, CONSTRUCTION_BREADTH, layer, true, false);
      sortBestFirst(results, found);
      nearest = slotAt(results, 0);
      connect(slot, layer, found);
    }
  }
  if (level <= topLayer) return;
  topLayer = level;
  entry = slot;
}

/**
 * Collects about the `breadth` living slots most similar to the query in `results`, of those that a filter has chosen
 * when it counts; returns how many there are.
 */
export function searchGraph(breadth: u32, filtered: bool): u32 {
  compared = 0;
  if (topLayer < 0) return 0;
  return walkLayer(descend(0), breadth, 0, false, filtered);
}

export function comparedByWalk(): u32 {
  return compared;
}

/** What a saved graph needs beside its links: `restoreGraph` takes it in this order. */
export function graphEntry(): u32 {
  return entry;
}

export function graphTopLayer(): i32 {
  return topLayer;
}

export function graphStamp(): u32 {
  return stamp;
}

export function restoreGraph(entrySlot: u32, layer: i32, lastStamp: u32): bool {
  if (layer >= 0 && levelOf(entrySlot) < <u32>layer) return false;
  entry = entrySlot;
  topLayer = layer;
  stamp = lastStamp;
  // Levels go on as after as many insertions: not the same draws, only as random.
  random = 88172645463325252 ^ (<u64>lastStamp << 20);
  return true;
}

/** Each layer holds a sixteenth of the one below. Xorshift64 (Marsaglia, 2003). */
function randomLevel(): u32 {
  let level: u32 = 0;
  do {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
  } while (<u32>(random >> 32) % NEIGHBOURS == 0 && ++level < HIGHEST_LAYER);
  return level;
}

/** Walks greedily from the top to just above `layer`; returns the nearest slot found. */
function descend(layer: i32): u32 {
  let nearest = entry;
  let best = similarityToQuery(nearest);
  for (let current = topLayer; current > layer; current--) {
    let from: u32;
    do {
      from = nearest;
      const links = linksOf(from, current);
      const count = load<u32>(links);
      for (let i: u32 = 0; i < count; i++) {
        const slot = neighbour(links, i);
        const similarity = similarityToQuery(slot);
        if (similarity <= best) continue;
        best = similarity;
        nearest = slot;
      }
    } while (nearest != from);
  }
  return nearest;
}

/**
 * Best-first search of one layer; the best `breadth` of `any` slots, or of those wanted, are left in `results`, a heap.
 * Returns how many.
 */
function walkLayer(start: u32, breadth: u32, layer: u32, any: bool, filtered: bool): u32 {
  walk++;
  let found: u32 = 0;
  let waiting: u32 = 1;
  const similarity = similarityToQuery(start);
  store<u32>(visitedAddress(start), walk);
  put(frontier, 0, -similarity, start);
  if (any || isWanted(start, filtered)) found = keepBest(results, 0, breadth, similarity, start);
  while (waiting > 0) {
    const nearest = slotAt(frontier, 0);
    if (found == breadth && -scoreAt(frontier, 0) < scoreAt(results, 0)) break;
    removeRoot(frontier, waiting--);
    const links = linksOf(nearest, layer);
    const count = load<u32>(links);
    for (let i: u32 = 0; i < count; i++) {
      const slot = neighbour(links, i);
      if (load<u32>(visitedAddress(slot)) == walk) continue;
      store<u32>(visitedAddress(slot), walk);
      compared++;
      const similarity = similarityToQuery(slot);
      if (found == breadth && similarity <= scoreAt(results, 0)) continue;
      if (waiting < FRONTIER_ENTRIES) push(frontier, waiting++, -similarity, slot);
      if (any || isWanted(slot, filtered)) found = keepBest(results, found, breadth, similarity, slot);
    }
  }
  return found;
}

/** Links a new slot with the most useful of `found` results, both ways. */
function connect(slot: u32, layer: u32, found: u32): void {
  const count = choose(slot, results, found, NEIGHBOURS);
  const links = linksOf(slot, layer);
  store<u32>(links, count);
  memory.copy(links + 4, neighbours, <usize>count << 2);
  for (let i: u32 = 0; i < count; i++) linkBack(neighbour(links, i), slot, layer);
}

/** Adds `slot` to the neighbours of `other`; a full list is chosen anew. */
function linkBack(other: u32, slot: u32, layer: u32): void {
  stampSlot(other, stamp);
  const links = linksOf(other, layer);
  const count = load<u32>(links);
  const most = layer == 0 ? NEIGHBOURS_BELOW : NEIGHBOURS;
  if (count < most) {
    setNeighbour(links, count, slot);
    store<u32>(links, count + 1);
    return;
  }
  push(shortList, 0, similarityBetween(other, slot), slot);
  for (let i: u32 = 0; i < count; i++) {
    const old = neighbour(links, i);
    push(shortList, i + 1, similarityBetween(other, old), old);
  }
  sortBestFirst(shortList, count + 1);
  const kept = choose(other, shortList, count + 1, most);
  store<u32>(links, kept);
  memory.copy(links + 4, neighbours, <usize>kept << 2);
}

/**
 * Chooses at most `most` of a list, best first: each one that is nearer to the centre than to any chosen before it, so
 * that links lead in different directions. Twins of the centre are as near to it as to each other and would crowd
 * everything else out, which cuts copies of one vector off from the rest: they get a quarter of the places and do not
 * count against others. The choice is left in `neighbours`; returns how many.
 */
function choose(centre: u32, list: usize, size: u32, most: u32): u32 {
  const twinsFrom = LEAST_TWIN * similarityBetween(centre, centre);
  let twins: u32 = 0;
  let count: u32 = 0;
  for (let i: u32 = 0; i < size && count < most; i++) {
    const slot = slotAt(list, i);
    const isTwin = twinsFrom > 0 && similarityBetween(centre, slot) >= twinsFrom;
    if (isTwin ? twins == most / 4 : isNearerToAnyChosen(slot, scoreAt(list, i), twins, count)) continue;
    // Twins come first, since the list is sorted; a rounding that puts one later only makes it count against others.
    if (isTwin) twins++;
    store<u32>(neighbours + (<usize>count << 2), slot);
    count++;
  }
  return count;
}

function isNearerToAnyChosen(slot: u32, similarity: f32, from: u32, to: u32): bool {
  for (let i = from; i < to; i++) {
    if (similarityBetween(slot, load<u32>(neighbours + (<usize>i << 2))) > similarity) return true;
  }
  return false;
}
