import { LabelledInput, type LabelledInputProps } from './labelled-input.tsx'

/** For names and addresses, which no keyboard should correct. */
export function TextField(props: LabelledInputProps) {
  return <LabelledInput {...props} type="text" autoComplete="off" autoCapitalize="none" spellCheck={false} />
}
