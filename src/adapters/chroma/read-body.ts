import { VectorServerError } from '../../core/vector-server-error.ts'

/** Bytes: 1,000 records of 1,536 numbers and a page of text each are about a half. */
const MOST = 64 * 2 ** 20

/**
 * The text of an answer.
 * @throws VectorServerError when it is longer than any that was asked for; what the network throws when it is cut off.
 */
export async function readBody(response: Response, most = MOST): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  const parts: string[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return [...parts, decoder.decode()].join('')
      size += value.length
      if (size > most) throw tooLong(most)
      parts.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function tooLong(most: number): VectorServerError {
  return new VectorServerError(
    'protocol',
    `The server's answer is longer than ${most} bytes, and was not read.`,
  )
}
