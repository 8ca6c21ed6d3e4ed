export interface PolicyRefusals {
  /** Whether a request to the origin of this address was refused. */
  has(address: string): boolean
}

/** What the security policy of the page has refused to connect to: `fetch` tells no more than that it failed. */
export function watchPolicyRefusals(scope: EventTarget): PolicyRefusals {
  const origins = new Set<string>()
  scope.addEventListener('securitypolicyviolation', event => {
    const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent
    if (effectiveDirective === 'connect-src') origins.add(originOf(blockedURI))
  })
  return { has: address => origins.has(originOf(address)) }
}

function originOf(address: string): string {
  return URL.canParse(address.trim()) ? new URL(address.trim()).origin : address
}
