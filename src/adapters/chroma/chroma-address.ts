/** Who asks: nothing, Chroma's own header, or what a proxy before it wants. */
export type ChromaCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }

/** Where a database is. */
export interface ChromaAddress {
  /** Of the server, with the path that a proxy puts before it: `http://localhost:8000`, `https://notes.example/chroma`. */
  readonly server: string
  readonly tenant: string
  readonly database: string
  readonly credential: ChromaCredential
}

/** What a new server has, and nobody need name. */
export const DEFAULT_TENANT = 'default_tenant'
export const DEFAULT_DATABASE = 'default_database'

/**
 * The address without the slashes and the `/api/v2` that it may end with.
 * @throws Error with a sentence for the user when it is no address of a server.
 */
export function parseServerAddress(typed: string): string {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`Expected an address such as http://localhost:8000, got “${typed.slice(0, 200)}”.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('Expected an address without a name and a password in it: give them as the credential.')
  }
  return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/api\/v[12]$/, '')
}

/** The header that shows the credential. */
export function credentialHeaders(credential: ChromaCredential): Readonly<Record<string, string>> {
  if (credential.kind === 'none') return {}
  if (credential.kind === 'token') return { 'x-chroma-token': credential.token }
  if (credential.kind === 'bearer') return { Authorization: `Bearer ${credential.token}` }
  const bytes = new TextEncoder().encode(`${credential.user}:${credential.password}`)
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` }
}
