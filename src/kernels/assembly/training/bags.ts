// Weighted sums of table rows, and their gradients. A bag is ids[offsets[i] .. offsets[i + 1]), each with a factor.

/** sums[i] = Σ factor · weights[id] · table[id] over bag i, for bags first to last − 1. */
export function sumBags(
  table: usize,
  weights: usize,
  ids: usize,
  factors: usize,
  offsets: usize,
  first: i32,
  last: i32,
  dimension: i32,
  sums: usize,
): void {
  const width = (<usize>dimension) << 2
  for (let i = first; i < last; i++) {
    const sum = sums + <usize>i * width
    memory.fill(sum, 0, width)
    const end = load<i32>(offsets + ((<usize>i) << 2), 4)
    for (let t = load<i32>(offsets + ((<usize>i) << 2)); t < end; t++) {
      const id = <usize>load<i32>(ids + ((<usize>t) << 2))
      const weight = f32x4.splat(load<f32>(weights + (id << 2)) * load<f32>(factors + ((<usize>t) << 2)))
      const row = table + id * width
      for (let p: usize = 0; p < width; p += 16) {
        v128.store(sum + p, f32x4.add(v128.load(sum + p), f32x4.mul(weight, v128.load(row + p))))
      }
    }
  }
}

/**
 * For ids with id mod shares = share, with w = factor · weights[id]: adds w · sumGradients[i] to the id's row of the
 * table's gradient, and w · table[id] · sumGradients[i] to the gradient of the logarithm of its weight. An id whose stamp is not `stamp` is
 * new: its gradients start from zero, it gets the stamp and joins the list. Returns the list's new length.
 */
export function spreadGradients(
  table: usize,
  weights: usize,
  ids: usize,
  factors: usize,
  offsets: usize,
  bags: i32,
  dimension: i32,
  sumGradients: usize,
  tableGradient: usize,
  weightGradient: usize,
  share: i32,
  shares: i32,
  stamps: usize,
  stamp: i32,
  list: usize,
  listLength: i32,
): i32 {
  const width = (<usize>dimension) << 2
  for (let i = 0; i < bags; i++) {
    const gradient = sumGradients + <usize>i * width
    const end = load<i32>(offsets + ((<usize>i) << 2), 4)
    for (let t = load<i32>(offsets + ((<usize>i) << 2)); t < end; t++) {
      const number = load<i32>(ids + ((<usize>t) << 2))
      if (number % shares != share) continue
      const id = <usize>number
      const target = tableGradient + id * width
      if (load<i32>(stamps + (id << 2)) != stamp) {
        store<i32>(stamps + (id << 2), stamp)
        store<i32>(list + ((<usize>listLength) << 2), number)
        listLength++
        memory.fill(target, 0, width)
      }
      const weight = load<f32>(weights + (id << 2)) * load<f32>(factors + ((<usize>t) << 2))
      const factor = f32x4.splat(weight)
      const row = table + id * width
      let dot = f32x4.splat(0)
      for (let p: usize = 0; p < width; p += 16) {
        const g = v128.load(gradient + p)
        v128.store(target + p, f32x4.add(v128.load(target + p), f32x4.mul(factor, g)))
        dot = f32x4.add(dot, f32x4.mul(v128.load(row + p), g))
      }
      const total =
        f32x4.extract_lane(dot, 0) +
        f32x4.extract_lane(dot, 1) +
        (f32x4.extract_lane(dot, 2) + f32x4.extract_lane(dot, 3))
      const place = weightGradient + (id << 2)
      store<f32>(place, load<f32>(place) + weight * total)
    }
  }
  return listLength
}

/** One step of Adam for `length` values; `rate` already holds the correction of the bias. */
export function adam(
  values: usize,
  gradient: usize,
  first: usize,
  second: usize,
  length: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const end = (<usize>length) << 2
  const b1 = f32x4.splat(beta1)
  const c1 = f32x4.splat(1 - beta1)
  const b2 = f32x4.splat(beta2)
  const c2 = f32x4.splat(1 - beta2)
  const step = f32x4.splat(rate)
  const least = f32x4.splat(epsilon)
  for (let p: usize = 0; p < end; p += 16) {
    const g = v128.load(gradient + p)
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + p)), f32x4.mul(c1, g))
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + p)), f32x4.mul(c2, f32x4.mul(g, g)))
    v128.store(first + p, m)
    v128.store(second + p, v)
    const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(v), least))
    v128.store(values + p, f32x4.sub(v128.load(values + p), change))
  }
}
