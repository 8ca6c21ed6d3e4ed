// Dot products. Rows are read one at a time with several accumulators along the row: out of the cache this beats
// reading several rows at once, since the hardware prefetches one stream.

@inline
function sumOfFloats(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

@inline
function sumOfInts(v: v128): i32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3);
}

@inline
function multiplyAdd(sum: v128, x: usize, y: usize, offset: usize): v128 {
  return f32x4.add(sum, f32x4.mul(v128.load(x + offset), v128.load(y + offset)));
}

/** Of two f32 rows of `width` values, a multiple of 16. */
export function dotFloats(x: usize, y: usize, width: usize): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = x + (width << 2);
  for (; x < end; x += 64, y += 64) {
    a = multiplyAdd(a, x, y, 0);
    b = multiplyAdd(b, x, y, 16);
    c = multiplyAdd(c, x, y, 32);
    d = multiplyAdd(d, x, y, 48);
  }
  return sumOfFloats(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
}

@inline
function fourOf(fine: v128, sum: v128, y: usize): v128 {
  return f32x4.add(sum, f32x4.mul(f32x4.convert_i32x4_s(fine), v128.load(y)));
}

/** Of 256 × codes + rest, which is the row in 16 bits, and an f32 row. */
export function dotFine(codes: usize, rest: usize, y: usize, width: usize): f32 {
  let a = f32x4.splat(0);
  let b = a;
  const end = codes + width;
  for (; codes < end; codes += 8, rest += 8, y += 32) {
    const fine = i16x8.add(i16x8.shl(v128.load_ext<i8>(codes), 8), v128.load_ext<i8>(rest));
    a = fourOf(i32x4.extend_low_i16x8_s(fine), a, y);
    b = fourOf(i32x4.extend_high_i16x8_s(fine), b, y + 16);
  }
  return sumOfFloats(f32x4.add(a, b));
}

/** How many bits of two rows of `bytes`, a multiple of 8, are alike. */
export function equalBits(x: usize, y: usize, bytes: usize): u32 {
  let different: u64 = 0;
  const end = x + bytes;
  for (; x < end; x += 8, y += 8) different += popcnt(load<u64>(x) ^ load<u64>(y));
  return (<u32>bytes << 3) - <u32>different;
}

@inline
function eightPairs(sum: v128, x: usize, y: usize, offset: usize): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(v128.load_ext<i8>(x + offset), v128.load_ext<i8>(y + offset)));
}

/** Of the codes of two rows. */
export function dotCodes(x: usize, y: usize, width: usize): i32 {
  let a = i32x4.splat(0);
  let b = a;
  const end = x + width;
  for (; x < end; x += 32, y += 32) {
    a = eightPairs(a, x, y, 0);
    b = eightPairs(b, x, y, 8);
    a = eightPairs(a, x, y, 16);
    b = eightPairs(b, x, y, 24);
  }
  return sumOfInts(i32x4.add(a, b));
}

@inline
function eightTimesWide(sum: v128, x: usize, y: usize, offset: usize): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(v128.load_ext<i8>(x + offset), v128.load(y + (offset << 1))));
}

@inline
function sixteenTimesShort(sum: v128, x: usize, y: usize, offset: usize): v128 {
  return i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(x + offset), v128.load(y + offset), sum);
}

/** Of a row's codes and the query's, which are i16 or, with relaxed SIMD, 7 bits each without a sign. */
@inline
export function dotQueryCodes(x: usize, y: usize, width: usize): i32 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = x + width;
  if (isDefined(RELAXED)) {
    for (; x < end; x += 64, y += 64) {
      a = sixteenTimesShort(a, x, y, 0);
      b = sixteenTimesShort(b, x, y, 16);
      c = sixteenTimesShort(c, x, y, 32);
      d = sixteenTimesShort(d, x, y, 48);
    }
  } else {
    for (; x < end; x += 32, y += 64) {
      a = eightTimesWide(a, x, y, 0);
      b = eightTimesWide(b, x, y, 8);
      c = eightTimesWide(c, x, y, 16);
      d = eightTimesWide(d, x, y, 24);
    }
  }
  return sumOfInts(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)));
}
