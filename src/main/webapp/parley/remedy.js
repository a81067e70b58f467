/** Refusals that are about how much is sent: what is new is taken back and the rest goes on. */
const TOO_MUCH = ['too-many-tracks', 'too-many-streams', 'too-much-bitrate'];

/** Refusals that stay: all that is new is taken back. */
const FORBIDDEN = ['publish-not-allowed', 'encryption-required', 'encryption-not-allowed'];

/** When to offer again after other refusals, in milliseconds. */
const RETRY = {
  'rate-limited': 1500,
  'stale-description': 500,
  'media-closed': 500,
  'sfu-unavailable': 5000,
  'too-many-peers': 10000,
  overloaded: 20000,
};
const RETRY_OTHERS = 30000;

/**
 * What to do about an offer that the server refused.
 *
 * @param {string} code
 * @param {string[]} fresh the sources of the offer that were not accepted before, the first wished first
 * @returns {{drop: string[], retry: number}} sources to take back before offering again at once; or
 *     else when to connect anew, in milliseconds
 */
export function remedy(code, fresh) {
  if (FORBIDDEN.includes(code)) return { drop: fresh, retry: RETRY_OTHERS };
  if (TOO_MUCH.includes(code)) return { drop: fresh.slice(-1), retry: RETRY_OTHERS };
  return { drop: [], retry: RETRY[code] ?? RETRY_OTHERS };
}
