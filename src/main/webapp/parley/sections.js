/**
 * The media sections of a session description (RFC 8866), as far as a page has to know what the
 * server sends in which.
 *
 * @param {string} sdp
 * @returns {Map<string, {kind: string, sends: boolean, stream: ?string, track: ?string}>} by mid:
 *     whether the description's author sends there, and the ids of its `a=msid` (RFC 8830)
 */
export function sections(sdp) {
  const found = new Map();
  for (const text of sdp.split(/^m=/m).slice(1)) {
    const value = (pattern) => pattern.exec(text)?.slice(1) ?? [];
    const [mid] = value(/^a=mid:(\S+)/m);
    if (mid === undefined) continue;
    const [stream = null, track = null] = value(/^a=msid:(\S+)(?: (\S+))?/m);
    const [direction = 'sendrecv'] = value(/^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m);
    const [kind] = value(/^(\w+)/);
    found.set(mid, { kind, sends: direction.startsWith('send'), stream, track });
  }
  return found;
}

/**
 * Which RTCPeerConnection made a description: the session id of its `o=` line, which stays the same
 * in all that one connection says (RFC 9429, section 5.2.1).
 *
 * @param {?string} sdp
 */
export const origin = (sdp) => /^o=\S+ (\S+)/m.exec(sdp ?? '')?.[1];
