import { type FormEvent, useState } from 'react'
import type { ConnectionState } from '../core/server-state.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import { credentialOf, SecretFields, type TypedCredential } from './credential-fields.tsx'
import dialog from './dialog.module.css'
import { PassphraseField } from './passphrase-field.tsx'
import transfer from './transfer.module.css'

/** What this tab does not know: the passphrase of the credential, or the credential itself. */
export function UnlockServer({ connection }: { readonly connection: ConnectionState }) {
  const { engine } = useApp()
  const [typed, setTyped] = useState<TypedCredential>({ kind: connection.credential, user: '', secret: '' })
  const [passphrase, setPassphrase] = useState('')
  const [problem, setProblem] = useState<string>()
  const isLocked = connection.needs === 'passphrase'
  function submit(event: FormEvent): void {
    event.preventDefault()
    void unlock()
  }
  async function unlock(): Promise<void> {
    const refusal = await engine.unlockServer(isLocked ? passphrase : credentialOf(typed))
    setProblem(refusal?.problem)
  }
  return (
    <form onSubmit={submit}>
      {isLocked ? (
        <PassphraseField
          label="Passphrase of the credential"
          value={passphrase}
          onChange={setPassphrase}
          hint="The credential of the server is kept under a lock."
        />
      ) : (
        <>
          <p>The credential of the server was not kept. Give it again to synchronise.</p>
          <SecretFields typed={typed} onChange={setTyped} />
        </>
      )}
      {problem !== undefined && (
        <p role="alert" className={transfer.problem}>
          {problem}
        </p>
      )}
      <div className={dialog.actions}>
        <button type="submit" className={controls.primary}>
          {isLocked ? 'Unlock' : 'Go on'}
        </button>
      </div>
    </form>
  )
}
