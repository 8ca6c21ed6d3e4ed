import { useId } from 'react'
import type { Credential, CredentialKind } from '../core/ports/server-connection.ts'
import { PassphraseField } from './passphrase-field.tsx'
import styles from './server.module.css'
import { TextField } from './text-field.tsx'
import transfer from './transfer.module.css'

/** A credential that is being typed. */
export interface TypedCredential {
  readonly kind: CredentialKind
  readonly user: string
  readonly secret: string
}

export const NO_CREDENTIAL: TypedCredential = { kind: 'none', user: '', secret: '' }

const KINDS: Readonly<Record<CredentialKind, string>> = {
  none: 'None',
  token: 'Token for Chroma (x-chroma-token)',
  bearer: 'Bearer token',
  basic: 'Name and password',
}

export function credentialOf({ kind, user, secret }: TypedCredential): Credential {
  if (kind === 'none') return { kind }
  if (kind === 'basic') return { kind, user, password: secret }
  return { kind, token: secret }
}

interface CredentialFieldsProps {
  readonly typed: TypedCredential
  readonly onChange: (typed: TypedCredential) => void
}

/** What the server wants to see before it answers. */
export function CredentialFields({ typed, onChange }: CredentialFieldsProps) {
  const id = useId()
  return (
    <>
      <div className={transfer.field}>
        <label htmlFor={id}>Credential</label>
        <select
          id={id}
          className={styles.select}
          value={typed.kind}
          onChange={event => onChange({ ...typed, kind: event.currentTarget.value as CredentialKind })}
        >
          {Object.entries(KINDS).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <SecretFields typed={typed} onChange={onChange} />
    </>
  )
}

/** The secret of a kind that is known. */
export function SecretFields({ typed, onChange }: CredentialFieldsProps) {
  if (typed.kind === 'none') return null
  return (
    <>
      {typed.kind === 'basic' && (
        <TextField label="Name" value={typed.user} onChange={user => onChange({ ...typed, user })} />
      )}
      <PassphraseField
        label={typed.kind === 'basic' ? 'Password' : 'Token'}
        value={typed.secret}
        onChange={secret => onChange({ ...typed, secret })}
      />
    </>
  )
}
