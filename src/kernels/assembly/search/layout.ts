// Where everything lies in memory. One instance of this module is one index.
//
//   | query, lists | segment 0 | segment 1 | …
//
// A segment holds everything about 1,024 slots, each kind of thing in an array of its own; all segments are alike, so
// an address is arithmetic and the index grows at its end without moving anything:
//
//   rest     i8 × width      what the codes leave out: row ≈ scale × (codes + rest ÷ 256), padded with zeros;
//                            or f32 × width, the vectors as they came, in an index of whole rows
//   codes    i8 × width      the vectors rounded: row ≈ scale × codes
//   scales   f32
//   sums     i32             of the codes of each row
//   dead     1 bit
//   chosen   1 bit           by the filter of a query
// in an index with signs:
//   signs    1 bit × width   set where a value is above zero
// and, in an index with a graph:
//   visited  u32             number of the last walk that came by
//   levels   u8              the highest layer of each slot
//   uppers   u16             where its upper lists begin, counted in lists
//   links    u32 × 33        layer 0: how many neighbours, and who
//   upper    128 × u32 × 17  the layers above, handed out in turn
//   used     u32             how many of those are handed out
//   stamp    u32             number of the last insertion that changed any of the five above

export const SEGMENT_SHIFT: u32 = 10;
export const SEGMENT_SLOTS: u32 = 1 << SEGMENT_SHIFT;
const SLOT_MASK: u32 = SEGMENT_SLOTS - 1;

/** Neighbours of a slot in each upper layer, and in layer 0. */
export const NEIGHBOURS: u32 = 16;
export const NEIGHBOURS_BELOW: u32 = 2 * NEIGHBOURS;
const UPPER_BYTES: usize = (NEIGHBOURS + 1) * 4;
const LINK_BYTES: usize = (NEIGHBOURS_BELOW + 1) * 4;
/** On average 1,024 / 15 ≈ 68 upper lists are wanted by a segment. */
export const UPPER_LISTS: u32 = 128;

/** Entries in each list below; an entry is 8 bytes. */
export const LIST_ENTRIES: u32 = 4096;
/** Places of a walk still to be left; beyond it the least promising are forgotten. */
export const FRONTIER_ENTRIES: u32 = 16384;
const ENTRY_BYTES: usize = 8;

/** Values in a padded row: a multiple of 64. */
export let width: usize = 0;
/** Whether rows are kept as they came, in f32. */
export let whole: bool = false;
/** Where the host puts a vector to be stored. */
export let incoming: usize = 0;
export let query: usize = 0;
export let querySigns: usize = 0;
export let queryCodes: usize = 0;
export let results: usize = 0;
export let frontier: usize = 0;
export let shortList: usize = 0;
export let neighbours: usize = 0;
export let slotList: usize = 0;
export let scoreList: usize = 0;

let firstSegment: usize = 0;
let segmentBytes: usize = 0;
let codesAt: usize = 0;
let scalesAt: usize = 0;
let sumsAt: usize = 0;
let deadAt: usize = 0;
let chosenAt: usize = 0;
let signsAt: usize = 0;
let visitedAt: usize = 0;
let levelsAt: usize = 0;
let uppersAt: usize = 0;
let linksAt: usize = 0;
let upperAt: usize = 0;
let upperUsedAt: usize = 0;
let stampAt: usize = 0;

/** Bytes handed out so far, counted from `base`. */
let taken: usize = 0;

function take(bytes: usize): usize {
  const at = taken;
  taken = (taken + bytes + 63) & ~63;
  return at;
}

/** Call once, before anything else. */
export function configure(dimension: u32, hasGraph: bool, hasSigns: bool, hasWholeRows: bool): void {
  width = (<usize>dimension + 63) & ~63;
  whole = hasWholeRows;
  taken = (__heap_base + 63) & ~63;
  incoming = take(width * 4);
  query = take(width * 4);
  queryCodes = take(width * 2);
  querySigns = take(width / 8);
  results = take(<usize>LIST_ENTRIES * ENTRY_BYTES);
  slotList = take(<usize>LIST_ENTRIES * 4);
  scoreList = take(<usize>LIST_ENTRIES * 4);
  if (hasGraph) {
    frontier = take(<usize>FRONTIER_ENTRIES * ENTRY_BYTES);
    shortList = take(<usize>(NEIGHBOURS_BELOW + 1) * ENTRY_BYTES);
    neighbours = take(NEIGHBOURS_BELOW * 4);
  }
  firstSegment = taken;
  taken = 0;
  take(<usize>SEGMENT_SLOTS * width * (whole ? 4 : 1));
  codesAt = take(<usize>SEGMENT_SLOTS * width);
  scalesAt = take(SEGMENT_SLOTS * 4);
  sumsAt = take(SEGMENT_SLOTS * 4);
  deadAt = take(SEGMENT_SLOTS / 8);
  chosenAt = take(SEGMENT_SLOTS / 8);
  if (hasSigns) signsAt = take((<usize>SEGMENT_SLOTS * width) / 8);
  if (hasGraph) {
    visitedAt = take(SEGMENT_SLOTS * 4);
    levelsAt = take(SEGMENT_SLOTS);
    uppersAt = take(SEGMENT_SLOTS * 2);
    linksAt = take(<usize>SEGMENT_SLOTS * LINK_BYTES);
    upperAt = take(<usize>UPPER_LISTS * UPPER_BYTES);
    upperUsedAt = take(4);
    stampAt = take(4);
  }
  segmentBytes = taken;
}

/** Size that the memory must have to hold `slots` slots; f64, since it may pass 4 GiB. */
export function bytesFor(slots: u32): f64 {
  const segments = (slots + SLOT_MASK) >> SEGMENT_SHIFT;
  return <f64>firstSegment + <f64>segments * <f64>segmentBytes;
}

@inline
function segmentOf(slot: u32): usize {
  return firstSegment + <usize>(slot >> SEGMENT_SHIFT) * segmentBytes;
}

@inline
function placeOf(slot: u32): usize {
  return <usize>(slot & SLOT_MASK);
}

/** Of a segment, by its number: rows, codes, scales, sums and tombstones stand together from here. */
export function segmentRows(segment: u32): usize {
  return firstSegment + <usize>segment * segmentBytes;
}

export function segmentRowsBytes(): usize {
  return chosenAt;
}

/** The graph's part of a segment: levels and links. */
export function segmentLinks(segment: u32): usize {
  return segmentRows(segment) + levelsAt;
}

export function segmentLinksBytes(): usize {
  return stampAt - levelsAt;
}

/** Where the number of the last insertion stands that changed a segment's links. */
export function segmentStamp(segment: u32): usize {
  return segmentRows(segment) + stampAt;
}

/** What is kept of a slot's vector besides its codes. */
@inline
export function restOf(slot: u32): usize {
  return segmentOf(slot) + placeOf(slot) * (whole ? width << 2 : width);
}

@inline
export function codesOf(slot: u32): usize {
  return segmentOf(slot) + codesAt + placeOf(slot) * width;
}

@inline
export function scaleAddress(slot: u32): usize {
  return segmentOf(slot) + scalesAt + (placeOf(slot) << 2);
}

@inline
export function sumAddress(slot: u32): usize {
  return segmentOf(slot) + sumsAt + (placeOf(slot) << 2);
}

@inline
function bitAt(bits: usize, slot: u32): bool {
  return ((load<u8>(segmentOf(slot) + bits + (placeOf(slot) >> 3)) >> <u8>(slot & 7)) & 1) != 0;
}

@inline
export function isDead(slot: u32): bool {
  return bitAt(deadAt, slot);
}

export function setDead(slot: u32, dead: bool): void {
  const address = segmentOf(slot) + deadAt + (placeOf(slot) >> 3);
  const bit = <u8>1 << <u8>(slot & 7);
  const others = load<u8>(address) & ~bit;
  store<u8>(address, dead ? others | bit : others);
}

/** Whether a search may answer with a slot: it is alive and, where a filter counts, chosen by it. */
@inline
export function isWanted(slot: u32, filtered: bool): bool {
  return !isDead(slot) && (!filtered || bitAt(chosenAt, slot));
}

/** `isWanted` of the 64 slots from `slot`, a multiple of 64; the lowest bit is the first. */
@inline
export function wantedFrom(slot: u32, filtered: bool): u64 {
  const address = segmentOf(slot) + (placeOf(slot) >> 3);
  const living = ~load<u64>(address + deadAt);
  return filtered ? living & load<u64>(address + chosenAt) : living;
}

/** Where the host writes, bit by bit, which of the 1,024 slots from `slot` a filter has chosen. */
export function chosenFrom(slot: u32): usize {
  return segmentOf(slot) + chosenAt;
}

@inline
export function signsOf(slot: u32): usize {
  return segmentOf(slot) + signsAt + ((placeOf(slot) * width) >> 3);
}

export function hasSigns(): bool {
  return signsAt != 0;
}

@inline
export function visitedAddress(slot: u32): usize {
  return segmentOf(slot) + visitedAt + (placeOf(slot) << 2);
}

/** Notes that the lists of a slot change. */
@inline
export function stampSlot(slot: u32, stamp: u32): void {
  store<u32>(segmentOf(slot) + stampAt, stamp);
}

/** Reserves the lists of a new slot; its level comes out lower where the segment has no upper lists left. */
export function takeLists(slot: u32, wantedLevel: u32): u32 {
  const segment = segmentOf(slot);
  const used = load<u32>(segment + upperUsedAt);
  const level = min(wantedLevel, UPPER_LISTS - used);
  store<u32>(segment + upperUsedAt, used + level);
  store<u8>(segment + levelsAt + placeOf(slot), <u8>level);
  store<u16>(segment + uppersAt + (placeOf(slot) << 1), <u16>used);
  for (let layer: u32 = 0; layer <= level; layer++) store<u32>(linksOf(slot, layer), 0);
  return level;
}

/** The list of neighbours of a slot in a layer: their count, then their slots. */
export function linksOf(slot: u32, layer: u32): usize {
  const segment = segmentOf(slot);
  if (layer == 0) return segment + linksAt + placeOf(slot) * LINK_BYTES;
  const first = <u32>load<u16>(segment + uppersAt + (placeOf(slot) << 1));
  return segment + upperAt + <usize>(first + layer - 1) * UPPER_BYTES;
}

/** Whether the host has written links into a segment that walks can follow: only to slots of the graph, in their layers. */
export function areLinksSound(segment: u32, linked: u32): bool {
  if (load<u32>(segmentRows(segment) + upperUsedAt) > UPPER_LISTS) return false;
  const first = segment << SEGMENT_SHIFT;
  const end = min(linked, first + SEGMENT_SLOTS);
  for (let slot = first; slot < end; slot++) {
    const level = levelOf(slot);
    const lists = <u32>load<u16>(segmentOf(slot) + uppersAt + (placeOf(slot) << 1)) + level;
    if (lists > UPPER_LISTS) return false;
    for (let layer: u32 = 0; layer <= level; layer++) if (!isListSound(slot, layer, linked)) return false;
  }
  return true;
}

function isListSound(slot: u32, layer: u32, linked: u32): bool {
  const links = linksOf(slot, layer);
  const count = load<u32>(links);
  if (count > (layer == 0 ? NEIGHBOURS_BELOW : NEIGHBOURS)) return false;
  for (let i: u32 = 0; i < count; i++) {
    const neighbour = load<u32>(links + (<usize>i << 2), 4);
    if (neighbour >= linked || (layer > 0 && levelOf(neighbour) < layer)) return false;
  }
  return true;
}

@inline
export function levelOf(slot: u32): u32 {
  return load<u8>(segmentOf(slot) + levelsAt + placeOf(slot));
}
