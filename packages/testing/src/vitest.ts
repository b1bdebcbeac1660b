import type { GatewayMatchers } from './vitest/matchers.js';

export type { PolicyToKeep } from './assert/kept-policy.js';
export { type FailOver, type GatewayMatchers, matchers, type MatcherVerdict } from './vitest/matchers.js';
export { useGateway, type UsedGateway, type UseGatewayOptions } from './vitest/use-gateway.js';

declare module 'vitest' {
  // The parameters are those of vitest's own declaration, which this one is merged with.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends GatewayMatchers<R> {}
}
