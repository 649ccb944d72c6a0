import type { Kind } from '../../feed/kinds.ts'

/** Where the household can be. */
export type Route =
  | { readonly to: 'home' }
  | { readonly to: 'section'; readonly kind: Kind }
  | { readonly to: 'record'; readonly id: string }
  | { readonly to: 'leave' }

/** The fragment of the page address that `routeFromHash` reads back; '' for home. */
export function hashOfRoute(route: Route): string {
  if (route.to === 'record') return `#/record/${route.id}`
  return route.to === 'section' ? `#/section/${route.kind}` : ''
}

/** Reads `#/record/<id>` and `#/section/<kind>`, as the preview page opens them. */
export function routeFromHash(hash: string): Route | null {
  const match = /^#\/(record|section)\/([a-z0-9.-]+)$/.exec(hash)
  if (!match?.[1] || !match[2]) return null
  if (match[1] === 'section') {
    const kind = match[2]
    return kind === 'policy' || kind === 'decision' || kind === 'service' || kind === 'news' ? { to: 'section', kind } : null
  }
  return { to: 'record', id: match[2] }
}
