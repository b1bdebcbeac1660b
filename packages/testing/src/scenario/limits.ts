/** So many requests at once, and as many again in so much time. */
export interface RateLimit {
  readonly requests: number;
  /** Milliseconds in which all of them come back, one by one. */
  readonly perMs: number;
}

/** How often free models may be asked. */
export interface FreeTierLimit {
  /** Default 20. They come back one by one. */
  readonly perMinute?: number;
  /** Default 50, or 1,000 where the account has bought 10 credits or more. All come back at midnight UTC. */
  readonly perDay?: number;
}

/** Limits of the rate of requests, on the gateway's clock. What one of them, or the credits, refuse counts for none of them. */
export interface RateLimits {
  /** Of every API key. */
  readonly key?: RateLimit;
  /** By model id. `*` matches any text; each model has a limit of its own. An id itself goes before a pattern. */
  readonly models?: Readonly<Record<string, RateLimit>>;
  /** Of the account, for models whose id ends in `:free`; `true`: as documented. */
  readonly free?: FreeTierLimit | true;
}
