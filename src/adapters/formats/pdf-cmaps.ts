/**
 * The character maps that CJK fonts of old name instead of carrying (Adobe's, as pdf.js packs them), in one file of our
 * own origin, fetched by the first document that needs it. Without them such text cannot be read at all.
 */
export type LoadCMaps = () => Promise<Uint8Array>

const MAGIC = 'BFCMAPS1'

/** Fetches the file that is built with the page. */
export async function fetchCMaps(): Promise<Uint8Array> {
  const response = await fetch(new URL('./cmaps.bin', import.meta.url))
  if (!response.ok) throw new Error(`expected the character maps of PDF, got status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/**
 * One map of the packed file, by its name; `undefined` when there is none.
 * Layout: magic (8 bytes), number of bytes of the table (uint32, little endian), the table as JSON
 * (`{ name: [offset, length] }`, offsets from the end of the table), the maps one behind the other.
 */
export function findCMap(packed: Uint8Array, name: string): Uint8Array | undefined {
  const decoder = new TextDecoder()
  if (decoder.decode(packed.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('expected packed character maps')
  const tableBytes = new DataView(packed.buffer, packed.byteOffset).getUint32(MAGIC.length, true)
  const start = MAGIC.length + 4
  const table = JSON.parse(decoder.decode(packed.subarray(start, start + tableBytes))) as Record<
    string,
    [number, number]
  >
  const place = Object.hasOwn(table, name) ? table[name] : undefined
  if (place === undefined) return undefined
  const from = start + tableBytes + place[0]
  return packed.slice(from, from + place[1])
}
