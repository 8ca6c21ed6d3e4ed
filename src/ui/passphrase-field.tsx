import { LabelledInput, type LabelledInputProps } from './labelled-input.tsx'

interface PassphraseFieldProps extends LabelledInputProps {
  readonly isNew?: boolean
}

export function PassphraseField({ isNew = false, ...props }: PassphraseFieldProps) {
  return <LabelledInput {...props} type="password" autoComplete={isNew ? 'new-password' : 'off'} />
}
