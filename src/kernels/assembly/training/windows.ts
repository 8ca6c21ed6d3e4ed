// The mean of a window's pieces predicts the piece in its middle; see core/training/window-kernels.ts.

/** `target` += `factor` · `row`, `width` bytes. */
// @ts-ignore: decorator
@inline
function addScaled(target: usize, row: usize, factor: f32, width: usize): void {
  const scale = f32x4.splat(factor)
  for (let p: usize = 0; p < width; p += 16) {
    v128.store(target + p, f32x4.add(v128.load(target + p), f32x4.mul(scale, v128.load(row + p))))
  }
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, width: usize): f32 {
  let total = f32x4.splat(0)
  for (let p: usize = 0; p < width; p += 16) {
    total = f32x4.add(total, f32x4.mul(v128.load(a + p), v128.load(b + p)))
  }
  return (
    f32x4.extract_lane(total, 0) +
    f32x4.extract_lane(total, 1) +
    (f32x4.extract_lane(total, 2) + f32x4.extract_lane(total, 3))
  )
}

/** Goes through the pieces in order, with a step of gradient descent after each; returns the sum of their losses. */
export function predictMiddles(
  inputs: usize,
  outputs: usize,
  dimension: i32,
  scratch: usize,
  ids: usize,
  starts: usize,
  ends: usize,
  strangers: usize,
  strangersEach: i32,
  count: i32,
  rate: f32,
): f64 {
  const width = (<usize>dimension) << 2
  const mean = scratch
  const change = scratch + width
  let loss: f64 = 0
  for (let i = 0; i < count; i++) {
    const start = load<i32>(starts + ((<usize>i) << 2))
    const end = load<i32>(ends + ((<usize>i) << 2))
    if (end - start < 2) continue
    const part: f32 = 1 / <f32>(end - start - 1)
    memory.fill(scratch, 0, 2 * width)
    for (let t = start; t < end; t++) {
      if (t != i) addScaled(mean, inputs + <usize>load<i32>(ids + ((<usize>t) << 2)) * width, part, width)
    }
    const middle = load<i32>(ids + ((<usize>i) << 2))
    for (let n = 0; n <= strangersEach; n++) {
      const id = n == 0 ? middle : load<i32>(strangers + ((<usize>(i * strangersEach + n - 1)) << 2))
      if (n > 0 && id == middle) continue
      const target = outputs + <usize>id * width
      const score = dot(mean, target, width)
      const e = Mathf.exp(-score)
      const likely: f32 = 1 / (1 + e)
      loss += n == 0 ? Mathf.log(1 + e) : Mathf.log(1 + e) + score
      const step: f32 = rate * ((n == 0 ? 1 : 0) - likely)
      for (let p: usize = 0; p < width; p += 16) {
        const t = v128.load(target + p)
        const factor = f32x4.splat(step)
        v128.store(change + p, f32x4.add(v128.load(change + p), f32x4.mul(factor, t)))
        v128.store(target + p, f32x4.add(t, f32x4.mul(factor, v128.load(mean + p))))
      }
    }
    for (let t = start; t < end; t++) {
      if (t != i) addScaled(inputs + <usize>load<i32>(ids + ((<usize>t) << 2)) * width, change, part, width)
    }
  }
  return loss
}
