import type { Cell } from './table-columns.ts'

/** Levels of objects in each other, and values of one object, that are told apart. */
const DEEPEST = 32
const MOST_CELLS = 5000
/** Numbers in a list of them; more are coordinates, samples or a vector, and say nothing to a reader. */
const MOST_NUMBERS = 32

/**
 * An object as `a.b: value`. Values of a list stand under the list's name; lists of many numbers are left out, and so is
 * what is nested deeper than 32 levels.
 */
export function flattenJson(value: unknown): Cell[] {
  const cells: Cell[] = []
  addCells(value, '', DEEPEST, cells)
  return cells
}

function addCells(value: unknown, column: string, left: number, cells: Cell[]): void {
  if (left === 0 || cells.length >= MOST_CELLS) return
  if (Array.isArray(value)) addList(value, column, left, cells)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      addCells(inner, column === '' ? key : `${column}.${key}`, left - 1, cells)
    }
  } else {
    const text = scalarText(value)
    if (text !== '') cells.push({ column: column || 'value', text })
  }
}

function addList(list: readonly unknown[], column: string, left: number, cells: Cell[]): void {
  if (isManyNumbers(list)) return
  const plain = list.filter(isScalar).map(scalarText).filter(Boolean)
  if (plain.length > 0) {
    const isShort = plain.every(text => text.length <= 80)
    cells.push({ column: column || 'value', text: plain.join(isShort ? ', ' : '\n') })
  }
  for (const inner of list) if (!isScalar(inner)) addCells(inner, column, left - 1, cells)
}

export function isManyNumbers(list: readonly unknown[]): boolean {
  return list.length > MOST_NUMBERS && list.every(value => typeof value === 'number')
}

export function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** Empty for what says nothing. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : ''
}
