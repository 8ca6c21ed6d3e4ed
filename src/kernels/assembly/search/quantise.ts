// Rounding to integers. Every row has a scale of its own: the rows of one library differ in their largest value by a
// factor of three and more, and a common scale would either clip some or waste the bits of the others. A row is rounded
// to 16 bits; the upper eight are its codes, which are scanned, and the lower eight its rest, which is read with them
// only for the best.

import {
  codesOf, hasSigns, incoming, query, queryCodes, querySigns, restOf, scaleAddress, signsOf, sumAddress, whole, width,
} from './layout';

const CODE_STEPS: f32 = 127;
const FINE_STEPS: f32 = CODE_STEPS * 256;
/** i16 codes: 12 bits, so that the sum of 4,096 products still fits 32 bits. */
const WIDE_STEPS: f32 = 2047;
/**
 * The relaxed dot product takes 7 bits without a sign, 64 + −63…63. In that range no CPU can overflow or saturate, so
 * that all of them agree; the 64 is taken off again with the sum of the row's codes.
 */
const SHORT_STEPS: f32 = 63;
const SHORT_OFFSET: i32 = 64;
/** Values below this have reciprocals that overflow: rows are lifted first, and the codes of such a query are zero. */
const LEAST_VALUE: f32 = 1e-30;
const LIFT: f32 = 1.2676506e30; // 2 to the power of 100

/** The value of one step of the query's codes. */
let queryScale: f32 = 0;

function largestMagnitude(row: usize): f32 {
  let largest = f32x4.splat(0);
  for (let at = row, end = row + (width << 2); at < end; at += 16) {
    largest = f32x4.max(largest, f32x4.abs(v128.load(at)));
  }
  const half = f32x4.max(largest, i32x4.shuffle(largest, largest, 2, 3, 0, 1));
  return max(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1));
}

/** Stores the vector in `incoming` in a slot. */
export function storeRow(slot: u32): void {
  const codes = codesOf(slot);
  const rest = restOf(slot);
  const largest = largestMagnitude(incoming);
  const lift: f32 = largest < LEAST_VALUE ? LIFT : 1;
  const factor: f32 = largest == 0 ? 0 : FINE_STEPS / (largest * lift);
  let sum: i32 = 0;
  for (let i: usize = 0; i < width; i++) {
    const fine = <i32>nearest<f32>(load<f32>(incoming + (i << 2)) * lift * factor);
    const code = (fine + 128) >> 8;
    store<i8>(codes + i, <i8>code);
    if (!whole) store<i8>(rest + i, <i8>(fine - (code << 8)));
    sum += code;
  }
  if (whole) memory.copy(rest, incoming, width << 2);
  store<f32>(scaleAddress(slot), largest / CODE_STEPS);
  store<i32>(sumAddress(slot), sum);
  if (hasSigns()) writeSigns(incoming, signsOf(slot));
}

/** Writes what is kept of a slot's vector as f32. */
export function readRow(slot: u32, to: usize): void {
  const rest = restOf(slot);
  if (whole) {
    memory.copy(to, rest, width << 2);
    return;
  }
  const codes = codesOf(slot);
  const scale = load<f32>(scaleAddress(slot));
  for (let i: usize = 0; i < width; i++) {
    const fine = (<i32>load<i8>(codes + i) << 8) + <i32>load<i8>(rest + i);
    store<f32>(to + (i << 2), (<f32>fine * scale) / 256);
  }
}

/** A bit for each value of a row, set where it is above zero. */
function writeSigns(row: usize, to: usize): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < width; i += 8, row += 32) {
    const lower = i32x4.bitmask(f32x4.gt(v128.load(row), zero));
    const upper = i32x4.bitmask(f32x4.gt(v128.load(row, 16), zero));
    store<u8>(to + (i >> 3), <u8>(lower | (upper << 4)));
  }
}

/** Makes the query's codes from the query. */
export function quantiseQuery(): void {
  const steps = isDefined(RELAXED) ? SHORT_STEPS : WIDE_STEPS;
  const largest = largestMagnitude(query);
  const isZero = largest < LEAST_VALUE;
  const factor: f32 = isZero ? 0 : steps / largest;
  for (let i: usize = 0; i < width; i++) {
    const code = <i32>nearest<f32>(load<f32>(query + (i << 2)) * factor);
    if (isDefined(RELAXED)) store<u8>(queryCodes + i, <u8>(code + SHORT_OFFSET));
    else store<i16>(queryCodes + (i << 1), <i16>code);
  }
  queryScale = isZero ? 0 : largest / steps;
  if (hasSigns()) writeSigns(query, querySigns);
}

/** The similarity to the query of a slot whose codes have the dot product `product` with the query's. */
@inline
export function similarityOf(slot: u32, product: i32): f32 {
  const offset = isDefined(RELAXED) ? SHORT_OFFSET * load<i32>(sumAddress(slot)) : 0;
  return <f32>(product - offset) * load<f32>(scaleAddress(slot)) * queryScale;
}
