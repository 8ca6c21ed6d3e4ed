import type { SyncReport } from '../sync/report.ts'
import type { ServerProbe, VectorServer } from './vector-server.ts'

/** Who asks: nobody, Chroma's own header, or what a proxy before it wants. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }

export type CredentialKind = Credential['kind']

/** A credential under a passphrase: AES-256-GCM with a key of PBKDF2. */
export interface LockedCredential {
  readonly rounds: number
  /** 16 bytes. */
  readonly salt: Uint8Array
  /** 12 bytes. */
  readonly nonce: Uint8Array
  readonly sealed: Uint8Array
}

/** A database on a server. */
export interface ServerPlaceName {
  /** Of the server, as its user typed it. */
  readonly address: string
  readonly tenant: string
  readonly database: string
}

/** What the library is synchronised with. A credential is in it under a lock, or not at all. */
export interface ServerConnection extends ServerPlaceName {
  readonly collection: string
  readonly credential: CredentialKind
  /** Missing when the credential is given anew in each tab. */
  readonly locked?: LockedCredential
  /** Minutes between two times while a tab is open; 0 for never. */
  readonly every: number
}

/** No part of a library that is carried elsewhere. */
export interface ServerConnections {
  load(): Promise<ServerConnection | undefined>
  keep(connection: ServerConnection): Promise<void>
  /** What came of the last time; `undefined` when there was none with this connection. */
  report(): Promise<SyncReport | undefined>
  keepReport(report: SyncReport): Promise<void>
  /** The connection and what came of it. */
  forget(): Promise<void>
}

/** The way to servers. */
export interface ServerAccess {
  /** Of this page, such as `https://notes.example`. */
  readonly origin: string
  /** Where a server is that whoever hosts the page has put beside it. */
  readonly nearby: string
  /**
   * @param once Every call is made once, and fails at once: for somebody who waits for an answer.
   * @throws Error with a sentence when the address is none.
   */
  readonly connect: (place: ServerPlaceName, credential: Credential, once?: boolean) => VectorServer
  readonly probe: (address: string) => ServerProbe
  /** Whether the page's own security policy has kept it from asking there. */
  readonly isRefused: (address: string) => boolean
}
