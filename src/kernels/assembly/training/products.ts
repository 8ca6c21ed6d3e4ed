// Matrix products, row-major f32. Rows and columns come in fours (see the loader), so no tile has a ragged edge.

const ROWS_PER_BLOCK: i32 = 16
const DEPTH_PER_BLOCK: i32 = 256

// @ts-ignore: decorator
@inline
function sum(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  )
}

/** c[m×n] = a[m×k] · b[n×k]ᵀ */
export function multiplyTransposed(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32): void {
  const row = (<usize>k) << 2
  const outRow = (<usize>n) << 2
  for (let first = 0; first < m; first += ROWS_PER_BLOCK) {
    const last = min(first + ROWS_PER_BLOCK, m)
    for (let j = 0; j < n; j += 2) {
      const b0 = b + <usize>j * row
      const b1 = b0 + row
      for (let i = first; i < last; i += 4) {
        const a0 = a + <usize>i * row
        const a1 = a0 + row
        const a2 = a1 + row
        const a3 = a2 + row
        let c00 = f32x4.splat(0)
        let c01 = f32x4.splat(0)
        let c10 = f32x4.splat(0)
        let c11 = f32x4.splat(0)
        let c20 = f32x4.splat(0)
        let c21 = f32x4.splat(0)
        let c30 = f32x4.splat(0)
        let c31 = f32x4.splat(0)
        for (let p: usize = 0; p < row; p += 16) {
          const x0 = v128.load(b0 + p)
          const x1 = v128.load(b1 + p)
          let y = v128.load(a0 + p)
          c00 = f32x4.add(c00, f32x4.mul(y, x0))
          c01 = f32x4.add(c01, f32x4.mul(y, x1))
          y = v128.load(a1 + p)
          c10 = f32x4.add(c10, f32x4.mul(y, x0))
          c11 = f32x4.add(c11, f32x4.mul(y, x1))
          y = v128.load(a2 + p)
          c20 = f32x4.add(c20, f32x4.mul(y, x0))
          c21 = f32x4.add(c21, f32x4.mul(y, x1))
          y = v128.load(a3 + p)
          c30 = f32x4.add(c30, f32x4.mul(y, x0))
          c31 = f32x4.add(c31, f32x4.mul(y, x1))
        }
        let out = c + <usize>i * outRow + ((<usize>j) << 2)
        store<f32>(out, sum(c00))
        store<f32>(out, sum(c01), 4)
        out += outRow
        store<f32>(out, sum(c10))
        store<f32>(out, sum(c11), 4)
        out += outRow
        store<f32>(out, sum(c20))
        store<f32>(out, sum(c21), 4)
        out += outRow
        store<f32>(out, sum(c30))
        store<f32>(out, sum(c31), 4)
      }
    }
  }
}

/** c[m×n] = a · b[k×n], where a(i, p) stands at a[i · rowStride + p · columnStride]. */
export function multiply(
  a: usize,
  rowStride: i32,
  columnStride: i32,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
): void {
  const aRow = (<usize>rowStride) << 2
  const aStep = (<usize>columnStride) << 2
  const bRow = (<usize>n) << 2
  for (let depth = 0; depth < k; depth += DEPTH_PER_BLOCK) {
    const count = min(DEPTH_PER_BLOCK, k - depth)
    for (let j = 0; j < n; j += 4 * 2) {
      const wide = j + 4 < n
      const bStart = b + <usize>depth * bRow + ((<usize>j) << 2)
      for (let i = 0; i < m; i += 4) {
        const out = c + <usize>i * bRow + ((<usize>j) << 2)
        const aStart = a + <usize>i * aRow + <usize>depth * aStep
        if (wide) tileOfEight(aStart, aRow, aStep, bStart, bRow, out, count, depth == 0)
        else tileOfFour(aStart, aRow, aStep, bStart, bRow, out, count, depth == 0)
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function tileOfEight(
  aStart: usize,
  aRow: usize,
  aStep: usize,
  bStart: usize,
  bRow: usize,
  out: usize,
  count: i32,
  fresh: bool,
): void {
  const zero = f32x4.splat(0)
  const o1 = out + bRow
  const o2 = o1 + bRow
  const o3 = o2 + bRow
  let c00 = fresh ? zero : v128.load(out)
  let c01 = fresh ? zero : v128.load(out, 16)
  let c10 = fresh ? zero : v128.load(o1)
  let c11 = fresh ? zero : v128.load(o1, 16)
  let c20 = fresh ? zero : v128.load(o2)
  let c21 = fresh ? zero : v128.load(o2, 16)
  let c30 = fresh ? zero : v128.load(o3)
  let c31 = fresh ? zero : v128.load(o3, 16)
  let a0 = aStart
  let a1 = a0 + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  let x = bStart
  for (let p = 0; p < count; p++) {
    const x0 = v128.load(x)
    const x1 = v128.load(x, 16)
    let y = v128.load_splat<f32>(a0)
    c00 = f32x4.add(c00, f32x4.mul(y, x0))
    c01 = f32x4.add(c01, f32x4.mul(y, x1))
    y = v128.load_splat<f32>(a1)
    c10 = f32x4.add(c10, f32x4.mul(y, x0))
    c11 = f32x4.add(c11, f32x4.mul(y, x1))
    y = v128.load_splat<f32>(a2)
    c20 = f32x4.add(c20, f32x4.mul(y, x0))
    c21 = f32x4.add(c21, f32x4.mul(y, x1))
    y = v128.load_splat<f32>(a3)
    c30 = f32x4.add(c30, f32x4.mul(y, x0))
    c31 = f32x4.add(c31, f32x4.mul(y, x1))
    a0 += aStep
    a1 += aStep
    a2 += aStep
    a3 += aStep
    x += bRow
  }
  v128.store(out, c00)
  v128.store(out, c01, 16)
  v128.store(o1, c10)
  v128.store(o1, c11, 16)
  v128.store(o2, c20)
  v128.store(o2, c21, 16)
  v128.store(o3, c30)
  v128.store(o3, c31, 16)
}

// @ts-ignore: decorator
@inline
function tileOfFour(
  aStart: usize,
  aRow: usize,
  aStep: usize,
  bStart: usize,
  bRow: usize,
  out: usize,
  count: i32,
  fresh: bool,
): void {
  for (let r = 0; r < 4; r++) {
    const at = out + <usize>r * bRow
    let total = fresh ? f32x4.splat(0) : v128.load(at)
    let y = aStart + <usize>r * aRow
    let x = bStart
    for (let p = 0; p < count; p++) {
      total = f32x4.add(total, f32x4.mul(v128.load_splat<f32>(y), v128.load(x)))
      y += aStep
      x += bRow
    }
    v128.store(at, total)
  }
}
