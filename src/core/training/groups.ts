/** Lists of numbers, one for each of a row of things: group i is `items[offsets[i]]` to `items[offsets[i + 1] − 1]`. */
export interface Groups {
  readonly offsets: Int32Array
  readonly items: Int32Array
}

export function groupOf({ offsets, items }: Groups, index: number): Int32Array {
  return items.subarray(offsets[index], offsets[index + 1])
}

export function groupsFrom(lists: readonly ArrayLike<number>[]): Groups {
  const offsets = new Int32Array(lists.length + 1)
  for (const [i, { length }] of lists.entries()) offsets[i + 1] = (offsets[i] ?? 0) + length
  const items = new Int32Array(offsets.at(-1) ?? 0)
  for (const [i, list] of lists.entries()) items.set(list, offsets[i])
  return { offsets, items }
}

/** Group by group, what all of them hold; each number once. */
export function joinGroups(all: readonly Groups[]): Groups {
  const count = Math.max(0, ...all.map(({ offsets }) => offsets.length - 1))
  const lists = Array.from({ length: count }, (_, i) => [
    ...new Set(all.flatMap(groups => [...groupOf(groups, i)])),
  ])
  return groupsFrom(lists)
}
