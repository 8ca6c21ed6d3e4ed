/** What a request's headers ask of a static file (RFC 9110): encoding, freshness, range. Pure. */

/**
 * The content codings that a client takes, best for us first. `*` and identity play no part: without a named coding
 * the file goes out as it is, which every client takes.
 *
 * @param {string | undefined} acceptEncoding
 * @returns {('br' | 'gzip')[]}
 */
export function acceptedEncodings(acceptEncoding = '') {
  const taken = new Set(
    acceptEncoding
      .split(',')
      .map(part =>
        part
          .trim()
          .toLowerCase()
          .split(/\s*;\s*/),
      )
      .filter(([, quality = 'q=1']) => Number(quality.replace(/^q=/, '')) > 0)
      .map(([coding]) => coding),
  )
  return ['br', 'gzip'].filter(coding => taken.has(coding))
}

/**
 * Whether the client's copy is still right, so that 304 is the answer. If-None-Match rules out If-Modified-Since.
 *
 * @param {Record<string, string | string[] | undefined>} headers the request's, names in lower case
 * @param {{ etag: string, modified: Date }} file
 * @returns {boolean}
 */
export function isFresh(headers, { etag, modified }) {
  const asked = headers['if-none-match']
  if (typeof asked === 'string') {
    const tags = asked.split(',').map(tag => tag.trim().replace(/^W\//, ''))
    return tags.includes('*') || tags.includes(etag)
  }
  const since = headers['if-modified-since']
  return typeof since === 'string' && Date.parse(since) === wholeSeconds(modified)
}

/**
 * The bytes asked for, both ends included. Undefined means the whole file: no range, more than one, a malformed one,
 * or an If-Range that names another version.
 *
 * @param {Record<string, string | string[] | undefined>} headers the request's, names in lower case
 * @param {{ etag: string, modified: Date, size: number }} file
 * @returns {{ start: number, end: number } | 'unsatisfiable' | undefined}
 */
export function requestedRange(headers, file) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(String(headers.range ?? '').trim())
  if (!match || !sameVersion(headers['if-range'], file)) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), file.size)
    return length === 0 ? 'unsatisfiable' : { start: file.size - length, end: file.size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? file.size - 1 : Math.min(Number(last), file.size - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= file.size ? 'unsatisfiable' : { start, end }
}

function sameVersion(ifRange, { etag, modified }) {
  if (ifRange === undefined) return true
  return ifRange === etag || Date.parse(ifRange) === wholeSeconds(modified)
}

/** HTTP dates have no milliseconds. */
function wholeSeconds(date) {
  return Math.floor(date.getTime() / 1000) * 1000
}
