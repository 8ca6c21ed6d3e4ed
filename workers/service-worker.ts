/**
 * The shell, offline: everything that the page is made of is kept at install, and answered from there. The model is not
 * here: it lives in IndexedDB. A new version waits until the page asks for it.
 */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching'
import { keepShared } from '../src/adapters/shared-files.ts'

declare const self: ServiceWorkerGlobalScope

/** Statuses whose responses may not have a body, and cannot be built again. */
const BODILESS = new Set([101, 103, 204, 205, 304])

/** Where other apps post what they share; the manifest says so. */
const share = new URL('share', self.registration.scope)

const manifest = self.__WB_MANIFEST
const precached = new Set(
  manifest.map(entry => new URL(typeof entry === 'string' ? entry : entry.url, self.location.href).pathname),
)

// Before the precache's own listener, so that isolation is added to what it would have answered. What is not kept here,
// such as the model on its way into IndexedDB, goes to the network without a detour.
self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method === 'POST' && url.pathname === share.pathname) event.respondWith(takeIn(request))
  if (request.method !== 'GET') return
  // A worker that is not kept here needs isolation all the same.
  const isOurs =
    request.mode === 'navigate' || request.destination === 'worker' || precached.has(url.pathname)
  if (isOurs) event.respondWith(answer(request, url))
})

precacheAndRoute(manifest)
cleanupOutdatedCaches()

self.addEventListener('message', event => {
  if (event.data === 'take over') void self.skipWaiting()
})

// The first worker takes the page that installed it, so that it is isolated and offline without a second visit.
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

/** Keeps what was shared for the page, which is opened then. */
async function takeIn(request: Request): Promise<Response> {
  const page = new URL('./?shared', share)
  try {
    await keepShared(await request.formData(), new Date())
  } catch {
    page.searchParams.set('shared', 'failed')
  }
  return Response.redirect(page, 303)
}

async function answer(request: Request, url: URL): Promise<Response> {
  const kept =
    request.mode === 'navigate' ? await matchPrecache('index.html') : await matchPrecache(url.pathname)
  return isolated(kept ?? (await fetch(request)))
}

/** Static hosts cannot send the headers that threads need; a page behind a service worker gets them here. */
function isolated(response: Response): Response {
  if (response.type === 'opaque' || response.type === 'error' || BODILESS.has(response.status))
    return response
  const headers = new Headers(response.headers)
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
