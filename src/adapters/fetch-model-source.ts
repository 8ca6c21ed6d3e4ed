import { failure, messageOf } from '../core/errors.ts'
import type { ModelSource } from '../core/ports/model-files.ts'

/**
 * A model's folder on an HTTP server: `manifest.json`, and the files that it names.
 * @param base The folder's address, with a slash at its end.
 */
export function createFetchModelSource(base: string): ModelSource {
  return {
    async manifest() {
      const response = await get(new URL('manifest.json', base))
      try {
        return (await response.json()) as unknown
      } catch (error) {
        throw failure(
          'ModelUnavailable',
          `The model's description at ${base} is not JSON: ${messageOf(error)}`,
          error,
        )
      }
    },
    async *read(path) {
      const { body } = await get(new URL(path, base))
      if (body === null) return
      // Not every browser can iterate a stream with `for await`.
      const reader = body.getReader()
      try {
        for (;;) {
          const { done, value } = await reader.read()
          if (done) return
          yield value
        }
      } finally {
        await reader.cancel().catch(() => undefined)
      }
    },
  }
}

async function get(url: URL): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { credentials: 'omit' })
  } catch (error) {
    throw failure('ModelUnavailable', `${url.pathname} could not be reached: ${messageOf(error)}`, error)
  }
  if (response.ok) return response
  throw failure(
    'ModelUnavailable',
    `${url.pathname} was answered with ${response.status} ${response.statusText}.`,
  )
}
