// The two softmaxes of one matrix of cosines: over its rows and over its columns.

/** e^x for x from −87 to 0, relative error below 2e-7. */
// @ts-ignore: decorator
@inline
function exponential(x: v128): v128 {
  const t = f32x4.mul(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(1.4426950408889634))
  const whole = f32x4.nearest(t)
  const f = f32x4.sub(t, whole)
  let p = f32x4.splat(1.535336188319500e-4)
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.339887440266574e-3))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(9.618437357674640e-3))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(5.550332471162809e-2))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(2.402264791363012e-1))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(6.931472028550421e-1))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1))
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23)
  return f32x4.mul(p, scale)
}

/**
 * Replaces each cosine s of [rows×columns] by e^(sharpness · (s − 1)); writes the sums of the rows and adds to those of the
 * columns.
 */
export function exponentiate(
  scores: usize,
  rows: i32,
  columns: i32,
  sharpness: f32,
  rowSums: usize,
  columnSums: usize,
): void {
  const width = (<usize>columns) << 2
  const factor = f32x4.splat(sharpness)
  for (let i = 0; i < rows; i++) {
    const row = scores + <usize>i * width
    let total = f32x4.splat(0)
    for (let p: usize = 0; p < width; p += 16) {
      const e = exponential(f32x4.sub(f32x4.mul(v128.load(row + p), factor), factor))
      v128.store(row + p, e)
      total = f32x4.add(total, e)
      v128.store(columnSums + p, f32x4.add(v128.load(columnSums + p), e))
    }
    store<f32>(
      rowSums + ((<usize>i) << 2),
      f32x4.extract_lane(total, 0) +
        f32x4.extract_lane(total, 1) +
        (f32x4.extract_lane(total, 2) + f32x4.extract_lane(total, 3)),
    )
  }
}

/** Replaces each e of [rows×columns] by scale · e · (rowFactor[i] + columnFactor[j]). */
export function weighExponentials(
  scores: usize,
  rows: i32,
  columns: i32,
  scale: f32,
  rowFactors: usize,
  columnFactors: usize,
): void {
  const width = (<usize>columns) << 2
  const factor = f32x4.splat(scale)
  for (let i = 0; i < rows; i++) {
    const row = scores + <usize>i * width
    const own = v128.load_splat<f32>(rowFactors + ((<usize>i) << 2))
    for (let p: usize = 0; p < width; p += 16) {
      const weight = f32x4.mul(factor, f32x4.add(own, v128.load(columnFactors + p)))
      v128.store(row + p, f32x4.mul(v128.load(row + p), weight))
    }
  }
}
