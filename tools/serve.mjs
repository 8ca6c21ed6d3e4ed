/**
 * Serves the production build with node:http alone, with the headers of headers.mjs.
 * As a command: `node tools/serve.mjs`; PORT (4173), HOST (localhost), CHROMA_URL (a Chroma server to pass /chroma/ on to)
 * and CONNECT_TO (other origins that the page may speak with, separated by spaces) in the environment.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, STATUS_CODES } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cacheControl, contentType, securityHeaders } from './headers.mjs'
import { acceptedEncodings, isFresh, requestedRange } from './negotiate.mjs'
import { passOn } from './pass-on.mjs'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const SIBLINGS = { br: '.br', gzip: '.gz' }
/** Folders in which a missing file is never a place inside the app. */
const FILES_ONLY = ['/assets/', '/models/']

/**
 * Starts to serve a folder.
 *
 * @param {{ root?: string, host?: string, port?: number, chroma?: string, connectTo?: string[] }} [options] port 0 takes
 *   any free one; `chroma` is the server behind /chroma/; `connectTo` are origins that the page may speak with beside its own
 * @returns {Promise<{ address: string, close: () => Promise<void> }>} `close` cuts open connections
 * @throws {Error} a sentence that says what to do, when the folder holds no build or the port cannot be had
 */
export async function serve({ root = DIST, host = 'localhost', port = 4173, chroma, connectTo = [] } = {}) {
  const site = { root, chroma, connectTo }
  if (!(await fileAt(join(root, 'index.html')))) {
    throw new Error(`There is no build in ${root} (index.html is missing): make one with \`npm run build\`.`)
  }
  const first = await listen(site, host === 'localhost' ? '127.0.0.1' : host, port)
  const servers = [first]
  // "localhost" means both loopback addresses, and clients differ in which one they try; a machine may lack IPv6.
  if (host === 'localhost') servers.push(...(await listenWhereIpv6(site, first.address().port)))
  const shown = ['0.0.0.0', '::', '127.0.0.1'].includes(host) ? 'localhost' : host
  return {
    address: `http://${shown.includes(':') ? `[${shown}]` : shown}:${first.address().port}`,
    close: async () => {
      await Promise.all(servers.map(closeServer))
    },
  }
}

async function listenWhereIpv6(site, port) {
  try {
    return [await listen(site, '::1', port)]
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.cause?.code)) return []
    throw error
  }
}

function listen(site, host, port) {
  const server = createServer((request, response) => {
    answer(site, request, response).catch(() => {
      response.destroy()
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', cause => {
      reject(new Error(listenProblem(cause.code, host, port), { cause }))
    })
    server.listen(port, host, () => {
      resolve(server)
    })
  })
}

function listenProblem(code, host, port) {
  const elsewhere = 'choose another port, for example `PORT=4180 npm start`.'
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop the program that uses it, or ${elsewhere}`
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: ${elsewhere}`
  return `Cannot listen on ${host}, port ${port} (${code}): set HOST to an address of this machine, or ${elsewhere}`
}

function closeServer(server) {
  return new Promise(resolve => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}

async function answer(site, request, response) {
  if (site.chroma !== undefined && request.url.startsWith('/chroma/api/v2/')) {
    return passOn(request, response, { to: site.chroma, headers: securityHeaders({ policy: true }) })
  }
  if (!['GET', 'HEAD'].includes(request.method)) return refuse(response, 405, { Allow: 'GET, HEAD' })
  const pathname = safePathname(request.url)
  if (pathname === undefined) return refuse(response, 400)
  const found = await locate(site.root, pathname)
  if (!found) return refuse(response, 404)
  await sendFile(request, response, { ...(await chooseVariant(request, found)), connectTo: site.connectTo })
}

/** The decoded path, or undefined where it is malformed or tries to leave the root. */
function safePathname(url) {
  try {
    const pathname = decodeURIComponent(url.replace(/[?#].*$/s, ''))
    const outside = pathname.split('/').some(part => part === '..' || /[\\\0]/.test(part))
    return pathname.startsWith('/') && !outside ? pathname : undefined
  } catch {
    return undefined
  }
}

/** The file of a path; a path without an extension is a place inside the app, so index.html answers it. */
async function locate(root, pathname) {
  if (pathname.split('/').some(part => part.startsWith('.'))) return undefined
  const file = await fileAt(join(root, pathname))
  if (file) return { ...file, pathname }
  const isPlace = extname(pathname) === '' && !FILES_ONLY.some(folder => pathname.startsWith(folder))
  const index = isPlace ? await fileAt(join(root, 'index.html')) : undefined
  return index && { ...index, pathname: '/index.html' }
}

async function fileAt(path) {
  try {
    const stats = await stat(path)
    if (!stats.isFile()) return undefined
    const etag = `"${Math.floor(stats.mtimeMs).toString(16)}-${stats.size.toString(16)}"`
    return { path, size: stats.size, modified: stats.mtime, etag }
  } catch {
    return undefined
  }
}

/** The precompressed sibling that suits the client best. Ranges count the bytes of the file itself. */
async function chooseVariant(request, file) {
  const siblings = await Promise.all(Object.values(SIBLINGS).map(suffix => fileAt(file.path + suffix)))
  const headers = siblings.some(Boolean) ? { Vary: 'Accept-Encoding' } : {}
  if (request.headers.range !== undefined) return { ...file, headers }
  for (const encoding of acceptedEncodings(request.headers['accept-encoding'])) {
    const sibling = siblings[Object.keys(SIBLINGS).indexOf(encoding)]
    if (sibling) return { ...file, ...sibling, headers: { ...headers, 'Content-Encoding': encoding } }
  }
  return { ...file, headers }
}

async function sendFile(request, response, file) {
  const headers = {
    ...securityHeaders({ policy: true, pathname: file.pathname, connectTo: file.connectTo }),
    'Cache-Control': cacheControl(file.pathname),
    'Content-Type': contentType(file.pathname),
    'Last-Modified': file.modified.toUTCString(),
    ETag: file.etag,
    ...file.headers,
  }
  if (isFresh(request.headers, file)) {
    delete headers['Content-Type']
    delete headers['Content-Encoding']
    response.writeHead(304, headers).end()
    return
  }
  const range = requestedRange(request.headers, file)
  if (range === 'unsatisfiable') refuse(response, 416, { 'Content-Range': `bytes */${file.size}` })
  else await sendBytes(request, response, file, headers, range)
}

async function sendBytes(request, response, file, headers, range) {
  const { start, end } = range ?? { start: 0, end: file.size - 1 }
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${file.size}`
  else if (headers['Content-Encoding'] === undefined) headers['Accept-Ranges'] = 'bytes'
  response.writeHead(range ? 206 : 200, { ...headers, 'Content-Length': end - start + 1 })
  if (request.method === 'HEAD' || file.size === 0) response.end()
  else await pipeline(createReadStream(file.path, { start, end }), response)
}

function refuse(response, status, more = {}) {
  const headers = { ...securityHeaders({ policy: true }), 'Cache-Control': 'no-store', ...more }
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${status} ${STATUS_CODES[status]}\n`)
}

/**
 * Serves dist/ until SIGINT or SIGTERM, and prints the address. Exits with 1 and a sentence where it cannot.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function serveUntilStopped(env = process.env) {
  try {
    const { address, close } = await serve({
      host: env.HOST || 'localhost',
      port: portFrom(env.PORT),
      ...(env.CHROMA_URL ? { chroma: originFrom('CHROMA_URL', env.CHROMA_URL) } : {}),
      connectTo: (env.CONNECT_TO ?? '')
        .split(/\s+/)
        .filter(Boolean)
        .map(text => originFrom('CONNECT_TO', text)),
    })
    console.log(`Belfry: ${address}  (Ctrl+C stops it)`)
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => {
        void close().then(() => process.exit(0))
      })
    }
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}

/** Nothing but an origin gets into a header. */
function originFrom(name, text) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/') return url.origin
  throw new Error(`${name} must be an address such as http://localhost:8000, not "${text}".`)
}

function portFrom(text = '') {
  const port = text === '' ? 4173 : Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new Error(`PORT must be a whole number from 0 to 65535, not "${text}".`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await serveUntilStopped()
}
