import type { Platform } from './platform.ts'
import { useApp, useObservable } from './app-context.ts'
import type { Observable } from './platform.ts'

export type Durability = ReturnType<NonNullable<Platform['durable']>['state']['get']>

const UNKNOWN: Observable<Durability> = { get: () => 'unknown', subscribe: () => () => {} }

/** Whether what is stored stays, also when the disk is full. */
export function useDurability(): Durability {
  return useObservable(useApp().platform.durable?.state ?? UNKNOWN)
}

/** Behind how much space is used; nothing while nobody knows. */
export function durabilityWords(durability: Durability): string | undefined {
  if (durability === 'unknown') return undefined
  return durability === 'kept' ? 'kept when the disk is full' : 'not protected when the disk is full'
}
