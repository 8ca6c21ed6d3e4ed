import { expect, it } from 'vitest'
import { watchPolicyRefusals } from './policy-refusals.ts'

it('knows the origins that the policy has refused to connect to, and no others', () => {
  const scope = new EventTarget()
  const refuse = (effectiveDirective: string, blockedURI: string) =>
    scope.dispatchEvent(
      Object.assign(new Event('securitypolicyviolation'), { effectiveDirective, blockedURI }),
    )
  const refusals = watchPolicyRefusals(scope)
  refuse('connect-src', 'http://localhost:8000/api/v2/heartbeat')
  refuse('img-src', 'http://pictures.example/')
  expect(refusals.has(' http://localhost:8000 ')).toBe(true)
  expect(refusals.has('http://localhost:8001')).toBe(false)
  expect(refusals.has('http://pictures.example')).toBe(false)
  expect(refusals.has('no address')).toBe(false)
})
