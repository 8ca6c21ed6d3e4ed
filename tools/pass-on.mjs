/** Passes /chroma/ on to a Chroma server, so that the page speaks with its own origin alone. nginx/ does the same. */
import { request as ask } from 'node:http'
import { request as askSecurely } from 'node:https'
import { pipeline } from 'node:stream/promises'

/** Said to the server; no cookie, and nothing about the browser. */
const PASSED = ['accept', 'authorization', 'content-length', 'content-type', 'x-chroma-token']

/**
 * Answers a request with what the server answers to it.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ to: string, headers: Record<string, string> }} options `to` is the server's origin; `headers` of every answer
 */
export async function passOn(request, response, { to, headers }) {
  const site = request.headers['sec-fetch-site']
  // Another site's page must not write with what this server may.
  if (site === 'cross-site' || site === 'same-site') {
    return refuse(response, 403, 'Only pages of this very origin may use its Chroma server.', headers)
  }
  try {
    const answer = await answerOf(request, new URL(request.url.slice('/chroma'.length), to))
    response.writeHead(answer.statusCode, {
      ...headers,
      'Cache-Control': 'no-store',
      'Content-Type': answer.headers['content-type'] ?? 'application/json',
    })
    await pipeline(answer, response)
  } catch {
    if (response.headersSent) response.destroy()
    else refuse(response, 502, 'The Chroma server behind this one cannot be reached.', headers)
  }
}

function answerOf(request, url) {
  const passed = PASSED.flatMap(name =>
    request.headers[name] === undefined ? [] : [[name, request.headers[name]]],
  )
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === 'https:' ? askSecurely : ask)(url, {
      method: request.method,
      headers: Object.fromEntries(passed),
    })
    asked.once('response', resolve).once('error', reject)
    request.once('close', () => request.complete || asked.destroy())
    pipeline(request, asked).catch(reject)
  })
}

function refuse(response, status, message, headers) {
  response.writeHead(status, { ...headers, 'Cache-Control': 'no-store', 'Content-Type': 'application/json' })
  response.end(`${JSON.stringify({ error: 'Refused', message })}\n`)
}
