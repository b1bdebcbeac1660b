/** What `fetch` throws when a connection breaks. Does not cover aborts, which carry the signal's reason. */
export class DisconnectError extends TypeError {
  constructor() {
    super('fetch failed');
  }
}
