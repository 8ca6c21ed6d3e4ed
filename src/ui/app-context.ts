import { createContext, use, useSyncExternalStore } from 'react'
import type { Engine } from '../app/engine-api.ts'
import type { AppState } from '../state/app-state.ts'
import type { AppStore } from '../state/create-store.ts'
import type { Observable, Platform } from './platform.ts'

export interface AppParts {
  readonly store: AppStore
  readonly engine: Engine
  readonly platform: Platform
}

export const AppContext = createContext<AppParts | undefined>(undefined)

export function useApp(): AppParts {
  const parts = use(AppContext)
  if (parts === undefined) throw new Error('expected to be inside <App>, found no store and no engine')
  return parts
}

/** `select` must give an equal value for an equal state: a part of it, a primitive, or a remembered object. */
export function useAppState<T>(select: (state: AppState) => T): T {
  const { store } = useApp()
  return useSyncExternalStore(store.subscribe, () => select(store.getState()))
}

export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get)
}
