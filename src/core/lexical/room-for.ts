type Growable = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** `array`, or a copy with room to spare where it is shorter than `length`. */
export function roomFor<A extends Growable>(array: A, length: number): A {
  if (length <= array.length) return array
  const larger = new (array.constructor as new (length: number) => A)(Math.ceil(length * 1.5))
  larger.set(array)
  return larger
}
