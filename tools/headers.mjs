/**
 * The one place that says which headers Belfry is served with. `npm start`, Vite's two servers and the test that
 * compares nginx with them all read it; nginx/ carries the same values by hand and that test keeps them equal.
 */

/**
 * Trusted Types (`require-trusted-types-for 'script'`) is left out on purpose: bundled workers are made with
 * `new Worker(new URL(…))`, and the policy refuses a URL there unless every library that starts a worker or a
 * thread wraps it in a TrustedScriptURL. No source uses an HTML sink (src/architecture.test.ts holds that).
 */
const contentSecurityPolicy = connectTo =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    ["connect-src 'self'", ...connectTo].join(' '),
    "worker-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/**
 * The glue of hnswlib-wasm calls `new Function`. A worker lives under the policy of its own script, so that this one
 * script alone, fetched by those alone who pick that engine, may do so, and the page and all other workers may not. It
 * may load from our own origin and connect to nothing.
 */
const EVAL_WORKER = /^\/assets\/hnswlib-worker-[^/]+\.js$/
const EVAL_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'",
  "frame-ancestors 'none'",
].join('; ')

const PERMISSIONS_POLICY = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
  .map(feature => `${feature}=()`)
  .join(', ')

/** The file's name carries its content's hash, so a copy is right for ever. */
const FOREVER = 'public, max-age=31536000, immutable'
/** A copy may be kept, but is asked about before each use (ETag, 304). */
const ASK_FIRST = 'no-cache'

const MIME_TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  wasm: 'application/wasm',
  onnx: 'application/octet-stream',
  bin: 'application/octet-stream',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
}

/**
 * Headers that every answer carries, errors included.
 *
 * @param {{ policy: boolean, pathname?: string, connectTo?: readonly string[] }} options `policy: false` leaves the
 *   Content-Security-Policy out, for Vite's development server, whose client needs inline scripts. `pathname` of a file that
 *   is there; one script has a policy of its own. `connectTo` are origins beside its own that the page may speak with: none,
 *   unless whoever hosts it says so.
 * @returns {Record<string, string>}
 */
export function securityHeaders({ policy, pathname = '/', connectTo = [] }) {
  const contentPolicy = EVAL_WORKER.test(pathname) ? EVAL_POLICY : contentSecurityPolicy(connectTo)
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': PERMISSIONS_POLICY,
    ...(policy ? { 'Content-Security-Policy': contentPolicy } : {}),
  }
}

/**
 * The Cache-Control of a path of dist/. Only /assets/ has hashed names. Everything else, the model's files with it,
 * is kept and asked about: their names stay the same from one release to the next, and a 304 costs nothing.
 *
 * @param {string} pathname begins with "/"
 * @returns {string}
 */
export function cacheControl(pathname) {
  return pathname.startsWith('/assets/') ? FOREVER : ASK_FIRST
}

/**
 * The Content-Type of a path, by its extension; unknown ones are bytes to download, never sniffed.
 *
 * @param {string} pathname
 * @returns {string}
 */
export function contentType(pathname) {
  const extension = pathname.slice(pathname.lastIndexOf('.') + 1).toLowerCase()
  return MIME_TYPES[extension] ?? 'application/octet-stream'
}

/** Extensions whose files get precompressed siblings; pictures and fonts are compressed already. */
export const COMPRESSIBLE = [
  'html',
  'css',
  'js',
  'mjs',
  'txt',
  'md',
  'json',
  'webmanifest',
  'wasm',
  'onnx',
  'bin',
  'svg',
]
