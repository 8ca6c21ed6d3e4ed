import { lazy, Suspense } from 'react'

/** Few open these, so they are no part of the first load. */
const DIALOGS = {
  export: lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog })),
  import: lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog })),
  storage: lazy(async () => ({ default: (await import('./storage-dialog.tsx')).StorageDialog })),
}

export type TransferDialog = keyof typeof DIALOGS

interface LazyTransferDialogProps {
  readonly name: TransferDialog
  readonly onClose: () => void
}

export function LazyTransferDialog({ name, onClose }: LazyTransferDialogProps) {
  const Dialog = DIALOGS[name]
  return (
    <Suspense>
      <Dialog onClose={onClose} />
    </Suspense>
  )
}
