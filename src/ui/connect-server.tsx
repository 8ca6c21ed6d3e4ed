import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ServerTest } from '../app/server-api.ts'
import { useApp } from './app-context.ts'
import { ChooseCollection } from './choose-collection.tsx'
import controls from './controls.module.css'
import { CredentialFields, credentialOf, NO_CREDENTIAL } from './credential-fields.tsx'
import dialog from './dialog.module.css'
import styles from './server.module.css'
import { TextField } from './text-field.tsx'
import transfer from './transfer.module.css'

/** What a new server has. */
const TENANT = 'default_tenant'
const DATABASE = 'default_database'

/** Where the server is and who asks; a test says what is wrong, and then which collections there are. */
export function ConnectServer({ nearby }: { readonly nearby: string }) {
  const { engine } = useApp()
  const [address, setAddress] = useState(nearby)
  const [tenant, setTenant] = useState(TENANT)
  const [database, setDatabase] = useState(DATABASE)
  const [typed, setTyped] = useState(NO_CREDENTIAL)
  const [test, setTest] = useState<ServerTest | 'testing'>()
  const place = { address: address.trim(), tenant: tenant.trim(), database: database.trim() }
  const outcome = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // On a small screen it is below what can be seen.
    if (typeof test === 'object') outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [test])
  // Of what was tested, and not of what is typed since.
  function change<T>(set: (value: T) => void): (value: T) => void {
    return value => {
      set(value)
      setTest(undefined)
    }
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    void run()
  }
  async function run(): Promise<void> {
    setTest('testing')
    setTest(await engine.testServer(place, credentialOf(typed)))
  }
  return (
    <>
      <p>
        Belfry can keep the library alike on several devices through a Chroma server of yours. Once you
        connect, the texts and vectors of your documents are sent to that server whenever you synchronise, and
        to nobody else.
      </p>
      <form onSubmit={submit}>
        <TextField
          label="Address"
          value={address}
          onChange={change(setAddress)}
          hint="Of the server, without /api/v2."
        />
        <details>
          <summary>Tenant and database</summary>
          <div className={styles.part}>
            <TextField label="Tenant" value={tenant} onChange={change(setTenant)} />
            <TextField label="Database" value={database} onChange={change(setDatabase)} />
          </div>
        </details>
        <CredentialFields typed={typed} onChange={change(setTyped)} />
        <div className={dialog.actions}>
          <button
            type="submit"
            className={
              test !== undefined && test !== 'testing' && test.kind === 'connected'
                ? controls.button
                : controls.primary
            }
            aria-disabled={test === 'testing'}
          >
            Test connection
          </button>
        </div>
      </form>
      <div ref={outcome}>
        <TestOutcome test={test} />
      </div>
      {test !== undefined && test !== 'testing' && test.kind === 'connected' && (
        <ChooseCollection place={place} credential={credentialOf(typed)} collections={test.collections} />
      )}
    </>
  )
}

function TestOutcome({ test }: { readonly test: ServerTest | 'testing' | undefined }) {
  if (test === undefined) return null
  if (test === 'testing') return <p role="status">Asking the server…</p>
  if (test.kind === 'connected') {
    return <p role="status">The server answers, in {Math.max(1, Math.round(test.milliseconds))} ms.</p>
  }
  return (
    <div role="alert" className={transfer.problem}>
      <p className={styles.words}>{test.sentence}</p>
      {test.cure !== '' && <p className={styles.words}>{test.cure}</p>}
    </div>
  )
}
