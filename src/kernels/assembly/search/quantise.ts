// Rounding to small integers. Every row has a scale of its own: the rows of one library differ in their largest value
// by a factor of three and more, and a common scale would either clip some or waste the bits of the others.

import { codesOf, query, queryCodes, rowOf, scaleAddress, sumAddress, width } from './layout';

const CODE_STEPS: f32 = 127;
/** i16 codes: 12 bits, so that the sum of 4,096 products still fits 32 bits. */
const WIDE_STEPS: f32 = 2047;
/**
 * The relaxed dot product takes 7 bits without a sign, 64 + −63…63. In that range no CPU can overflow or saturate, so
 * that all of them agree; the 64 is taken off again with the sum of the row's codes.
 */
const SHORT_STEPS: f32 = 63;
const SHORT_OFFSET: i32 = 64;
/** Values below this have reciprocals that overflow; they count as zero here and keep their worth in the f32 row. */
const LEAST_VALUE: f32 = 1e-30;

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

/** Makes the codes of a slot from its row. */
export function quantiseRow(slot: u32): void {
  const row = rowOf(slot);
  const codes = codesOf(slot);
  const largest = largestMagnitude(row);
  const isZero = largest < LEAST_VALUE;
  const factor: f32 = isZero ? 0 : CODE_STEPS / largest;
  let sum: i32 = 0;
  for (let i: usize = 0; i < width; i++) {
    const code = <i32>nearest<f32>(load<f32>(row + (i << 2)) * factor);
    store<i8>(codes + i, <i8>code);
    sum += code;
  }
  store<f32>(scaleAddress(slot), isZero ? 0 : largest / CODE_STEPS);
  store<i32>(sumAddress(slot), sum);
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
}

/** The similarity to the query of a slot whose codes have the dot product `product` with the query's. */
@inline
export function similarityOf(slot: u32, product: i32): f32 {
  const offset = isDefined(RELAXED) ? SHORT_OFFSET * load<i32>(sumAddress(slot)) : 0;
  return <f32>(product - offset) * load<f32>(scaleAddress(slot)) * queryScale;
}
