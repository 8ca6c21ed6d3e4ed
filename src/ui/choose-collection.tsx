import { type FormEvent, useState } from 'react'
import type { CollectionChoice } from '../app/server-api.ts'
import type { Credential, ServerPlaceName } from '../core/ports/server-connection.ts'
import { useApp } from './app-context.ts'
import controls from './controls.module.css'
import dialog from './dialog.module.css'
import { PassphraseField } from './passphrase-field.tsx'
import styles from './server.module.css'
import { TextField } from './text-field.tsx'
import transfer from './transfer.module.css'

interface ChooseCollectionProps {
  readonly place: ServerPlaceName
  readonly credential: Credential
  readonly collections: readonly CollectionChoice[]
}

/** Where on the server the library is kept: a collection that fits, or a new one. */
export function ChooseCollection({ place, credential, collections }: ChooseCollectionProps) {
  const { engine } = useApp()
  const fitting = collections.find(({ problem }) => problem === undefined)
  const [chosen, setChosen] = useState(fitting?.name)
  const [name, setName] = useState(() => freeName(collections))
  const [passphrase, setPassphrase] = useState('')
  const [problem, setProblem] = useState<string>()
  function submit(event: FormEvent): void {
    event.preventDefault()
    void connect()
  }
  async function connect(): Promise<void> {
    setProblem(undefined)
    const secret = passphrase === '' ? undefined : passphrase
    const refusal = await engine.connectServer(place, credential, chosen ?? name, secret)
    setProblem(refusal?.problem)
  }
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>Collection</legend>
        {collections.map(collection => (
          <Choice
            key={collection.name}
            words={collection.name}
            problem={collection.problem}
            checked={chosen === collection.name}
            onChoose={() => setChosen(collection.name)}
          />
        ))}
        <Choice words="A new one" checked={chosen === undefined} onChoose={() => setChosen(undefined)} />
      </fieldset>
      {chosen === undefined && (
        <TextField
          label="Name of the new collection"
          value={name}
          onChange={setName}
          hint="3 letters or more: a to z, digits, dots, dashes and underscores. Use the same one on all devices."
        />
      )}
      {credential.kind !== 'none' && isSecureContext && (
        <PassphraseField
          label="Passphrase, if the credential is to be kept"
          value={passphrase}
          onChange={setPassphrase}
          isNew
          hint="It is kept under this lock. Without a passphrase it is forgotten when the page is closed or loaded again."
        />
      )}
      {problem !== undefined && (
        <p role="alert" className={transfer.problem}>
          {problem}
        </p>
      )}
      <div className={dialog.actions}>
        <button type="submit" className={controls.primary}>
          Connect
        </button>
      </div>
    </form>
  )
}

interface ChoiceProps {
  readonly words: string
  readonly problem?: string | undefined
  readonly checked: boolean
  readonly onChoose: () => void
}

function Choice({ words, problem, checked, onChoose }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input
        type="radio"
        name="collection"
        checked={checked}
        disabled={problem !== undefined}
        onChange={onChoose}
      />
      <span>
        {words}
        {problem !== undefined && <span className={transfer.soft}> – {problem}</span>}
      </span>
    </label>
  )
}

function freeName(collections: readonly CollectionChoice[]): string {
  const names = new Set(collections.map(({ name }) => name))
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'belfry' : `belfry-${n}`
    if (!names.has(name)) return name
  }
}
