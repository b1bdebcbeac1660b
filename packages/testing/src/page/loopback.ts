const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Whether a request names this machine as its host. A page elsewhere can make its own name resolve to 127.0.0.1 and so read what a
 * local server says, but its browser still sends that name.
 */
export function namesLoopback(request: Request): boolean {
  const { host, hostname } = new URL(request.url);
  const stated = request.headers.get('host') ?? host;
  const named = URL.canParse(`http://${stated}/`) ? new URL(`http://${stated}/`).hostname : '';
  return LOOPBACK.test(hostname) && LOOPBACK.test(named);
}
